package io.livemr.control.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.settings.PanelSettings;
import io.livemr.control.support.TestHadoop;
import io.livemr.control.support.TestSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The panel's end of the linker; the other end is a stand-in, in a process of its own. */
class LinkerTest {

    @TempDir
    private Path root;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicInteger told = new AtomicInteger();
    private Linker linker;

    @BeforeEach
    void start() throws IOException {
        TestHadoop.requireIt();
        linker = linker("10m");
    }

    @AfterEach
    void stop() {
        linker.close();
    }

    @Test
    void shouldCarryOutARequestOnceAndTellWhoAsked() throws Exception {
        final LinkRequest request = linking("/a", "one two\n");

        assertThat(ended("job", request).succeeded()).isTrue();

        assertThat(root.resolve("hdfs/in/a")).hasContent("one two\n");
        assertThat(linker.call("job", request, told::incrementAndGet)).isPresent();
        assertThat(calls()).containsExactly("remove " + root.resolve("hdfs/in"), "link follow " + root.resolve("hdfs/in/a"));
        await().until(() -> told.get() == 1);
    }

    @Test
    void shouldSayWhyItFailedAndCarryOutTheNextOne() throws Exception {
        assertThat(ended("job", linking("/a", "refuse me")).error()).isEqualTo("composer says reason=stale_epoch");

        assertThat(ended("job", LinkRequest.removing(root.resolve("hdfs/in").toString())).succeeded()).isTrue();

        assertThat(root.resolve("hdfs/in")).doesNotExist();
    }

    @Test
    void shouldBeginAJobsNextRequestWhenItsLastHasEnded() throws Exception {
        Files.createFile(root.resolve("hold"));
        final LinkRequest removal = LinkRequest.removing(root.resolve("hdfs/in").toString());
        linker.call("job", linking("/a", "x"), told::incrementAndGet);
        await().until(() -> Files.exists(root.resolve("hdfs/in/a")));

        assertThat(linker.call("job", removal, told::incrementAndGet)).isEmpty();
        assertThat(ended("another", LinkRequest.removing(root.resolve("hdfs/out").toString())).succeeded()).isTrue();
        assertThat(metrics.get("livemr.linker.calls").gauge().value()).isEqualTo(1);
        Files.delete(root.resolve("hold"));

        assertThat(ended("job", removal).succeeded()).isTrue();
        assertThat(root.resolve("hdfs/in")).doesNotExist();
    }

    @Test
    void shouldAskOnceMoreWhenTheProcessIsKilled() throws Exception {
        Files.createFile(root.resolve("hold"));
        final LinkRequest request = linking("/a", "x");
        linker.call("job", request, told::incrementAndGet);
        await().until(() -> Files.exists(root.resolve("hdfs/in/a")));
        Files.delete(root.resolve("hold"));

        children().forEach(ProcessHandle::destroyForcibly);

        assertThat(ended("job", request).succeeded()).isTrue();
        assertThat(calls()).filteredOn(call -> call.startsWith("link")).hasSizeBetween(1, 2);
    }

    @Test
    void shouldFailARequestThatKillsTheProcessTwiceAndServeTheNext() throws Exception {
        assertThat(ended("job", linking("/a", "kill me")).error()).contains("exit code 9", "panel's log");

        assertThat(calls()).filteredOn(call -> call.startsWith("link")).hasSize(2);
        assertThat(ended("another", linking("/b", "x")).succeeded()).isTrue();
    }

    @Test
    void shouldKillAProcessThatGivesNoAnswer() throws Exception {
        Files.createFile(root.resolve("hold"));
        linker.close();
        linker = linker("2s");

        linker.call("job", linking("/a", "x"), told::incrementAndGet);
        final List<ProcessHandle> stuck = children();

        assertThat(ended("job", linking("/a", "x")).error()).contains("livemr.engine.client-limit=PT2S");

        await().until(() -> stuck.size() == 1 && stuck.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    @Timeout(60)
    void shouldNotWaitForAProcessThatDoesNotEvenRead() throws Exception {
        linker.close();
        linker = linker("2s");
        linker.warm();
        final List<ProcessHandle> stopped = children();
        new ProcessBuilder("kill", "-STOP", Long.toString(stopped.get(0).pid())).start().waitFor();

        final LinkRequest longerThanAPipe = LinkRequest.removing(root.resolve("hdfs/" + "x".repeat(200_000)).toString());

        assertThat(ended("job", longerThanAPipe).error()).contains("livemr.engine.client-limit=PT2S");
        await().until(() -> stopped.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void shouldLeaveNoProcessBehind() throws Exception {
        ended("job", linking("/a", "x"));
        final List<ProcessHandle> running = children();
        assertThat(running).hasSize(1);

        linker.close();

        await().until(() -> running.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(ended("job", linking("/b", "x")).error()).contains("the panel is stopping");
    }

    private Linker linker(final String limit) throws IOException {
        final PanelSettings settings = TestSettings.of(root, "engine.client-limit", limit, "hadoop.classpath", TestHadoop.classpath(),
            "hadoop.conf-dir", TestHadoop.writeConf(root.resolve("conf")).toString());
        return new Linker(new Hadoop(new StepProcesses(settings), settings, null, null), new ObjectMapper(), settings, metrics);
    }

    private LinkRequest linking(final String path, final String content) throws IOException {
        final Path guest = root.resolve("guest/vm1" + path);
        Files.createDirectories(guest.getParent());
        Files.writeString(guest, content);
        final LinkRequest.Link link = new LinkRequest.Link(root.resolve("hdfs/in" + path).toString(), "ann", List.of(new LinkRequest.Source("vm1", path)), true);
        return new LinkRequest(List.of(root.resolve("hdfs/in").toString()), List.of(new LinkRequest.Order("http://composer", "/token", link)));
    }

    private LinkAnswer ended(final String job, final LinkRequest request) {
        return await().atMost(Duration.ofSeconds(60)).until(() -> linker.call(job, request, told::incrementAndGet), Optional::isPresent).orElseThrow();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(root.resolve("calls"));
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().children().filter(child -> child.info().arguments().map(List::of)
            .filter(words -> words.contains("io.livemr.hdfs.linker.Linker")).isPresent()).toList();
    }
}
