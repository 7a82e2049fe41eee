package io.livemr.hdfs.linker;

import static io.livemr.hdfs.fixture.LinkCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.hdfs.composer.GuestFile;
import io.livemr.hdfs.fixture.FakeComposer;
import io.livemr.hdfs.fixture.LinkCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, in a process of its own, as a control panel talks to it. */
@Timeout(120)
class LinkerIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;
    private static FakeComposer composer;
    private static LinkCluster cluster;
    private static Process linker;
    private static BufferedReader answers;

    @BeforeAll
    static void start() throws IOException {
        composer = new FakeComposer(folder);
        cluster = LinkCluster.start(LinkCluster.configuration(folder, composer), 1);
        try (OutputStream site = Files.newOutputStream(Files.createDirectories(folder.resolve("conf")).resolve("core-site.xml"))) {
            cluster.fs().getConf().writeXml(site);
        }
        linker = startLinker("lock");
        answers = answersOf(linker);
    }

    @AfterAll
    static void stop() {
        linker.destroyForcibly().onExit().join();
        cluster.close();
        composer.close();
    }

    @Test
    void shouldMakeFilesOneAfterTheOtherAndHaveThemFollowed() throws Exception {
        final String a = live("/a", 100_000);
        live("/b", 10);

        send(1, List.of(), link("/in/a", "/a"), link("/in/b", "/b"));

        assertThat(answer()).isEqualTo(JSON.readTree("{\"id\":1}"));
        assertThat(cluster.read("/in/a")).isEqualTo(cluster.composedBytes(a));
        cluster.append(a, bytes(500, 2));
        composer.grew(a, 100_500);
        await().until(() -> cluster.fs().getFileStatus(new org.apache.hadoop.fs.Path("/in/a")).getLen() == 100_500);
    }

    @Test
    void shouldLeaveTheSameWhenItIsAskedTwice() throws Exception {
        final String name = live("/again", 1000);
        for (int id = 1; id <= 2; id++) {
            send(id, List.of("/twice"), link("/twice/again", "/again"));
            assertThat(answer()).isEqualTo(JSON.readTree("{\"id\":" + id + "}"));
        }
        assertThat(cluster.read("/twice/again")).isEqualTo(cluster.composedBytes(name));

        send(3, List.of("/twice", "/was-never-there"));

        assertThat(answer().has("error")).isFalse();
        assertThat(cluster.fs().exists(new org.apache.hadoop.fs.Path("/twice"))).isFalse();
    }

    @Test
    void shouldSayWhichFileFailedAndWhyAndGoOn() throws Exception {
        live("/good", 10);
        final String gone = live("/gone", 10);
        composer.put(gone, "REVOKED", "owner_revoked", 0);

        send(1, List.of(), link("/partly/good", "/good"), link("/partly/gone", "/gone"));

        assertThat(answer().path("error").asText()).contains("/partly/gone", "vm1:/data/log", "owner_revoked");
        assertThat(cluster.fs().exists(new org.apache.hadoop.fs.Path("/partly/good"))).isTrue();
        assertThat(cluster.fs().exists(new org.apache.hadoop.fs.Path("/partly/gone"))).isFalse();
        send(2, List.of(), link("/partly/good", "/good"));
        assertThat(answer().path("error").asText()).contains("/partly/good", "File exists");
    }

    @Test
    void shouldAnswerOthersWhileOneWaits() throws Exception {
        final String slow = live("/slow", 10);
        composer.put(slow, "AWAITING_CONSENT", null, 0);
        live("/quick", 10);

        send(1, List.of(), link("/waits/slow", "/slow"));
        send(2, List.of(), link("/waits/quick", "/quick"));

        assertThat(answer().path("id").asInt()).isEqualTo(2);
        composer.put(slow, "LIVE", null, 10);
        assertThat(answer()).isEqualTo(JSON.readTree("{\"id\":1}"));
    }

    @Test
    void shouldEndWithItsInputInTheMidstOfItsWorkAndLetTheNextOneBegin() throws Exception {
        final Process first = startLinker("another lock");
        send(first, 1, List.of());
        answersOf(first).readLine();
        final Process second = startLinker("another lock");
        try {
            final String slow = live("/never", 10);
            composer.put(slow, "AWAITING_CONSENT", null, 0);
            send(first, 2, List.of(), link("/never", "/never"));
            send(second, 1, List.of("/twice"));
            await().atMost(Duration.ofSeconds(60)).until(() -> composer.lastRequest().at("/sources/0/path").asText().equals("/never"));
            await().atMost(Duration.ofSeconds(60)).until(() -> waitsForALock(second));

            first.getOutputStream().close();

            assertThat(JSON.readTree(answersOf(second).readLine())).isEqualTo(JSON.readTree("{\"id\":1}"));
            assertThat(first.isAlive()).isFalse();
            assertThat(cluster.fs().exists(new org.apache.hadoop.fs.Path("/never"))).isFalse();
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
    }

    /** As the kernel says; {@code 1: -> POSIX ADVISORY WRITE PID …}. */
    private static boolean waitsForALock(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/locks")).stream().anyMatch(line -> line.matches("\\d+: -> POSIX .* " + process.pid() + " .*"));
    }

    private static Process startLinker(String lock) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            folder.resolve("conf") + ":" + System.getProperty("java.class.path"), Linker.class.getName(), folder.resolve(lock).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static BufferedReader answersOf(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String live(String path, int lengthBytes) throws IOException {
        final String name = cluster.composedFile(bytes(lengthBytes, 1));
        composer.put(name, "LIVE", null, lengthBytes);
        composer.answerRequestsFor(path, name);
        return name;
    }

    private static Map<String, Object> link(String path, String guestPath) {
        return Map.of("composerUrl", composer.url(), "composerTokenFile", folder.resolve("token").toString(),
            "link", new FileLink(path, "ann", List.of(new GuestFile("vm1", guestPath)), 0, true));
    }

    @SafeVarargs
    private static void send(long id, List<String> remove, Map<String, Object>... make) throws IOException {
        send(linker, id, remove, make);
    }

    @SafeVarargs
    private static void send(Process to, long id, List<String> remove, Map<String, Object>... make) throws IOException {
        to.getOutputStream().write((JSON.writeValueAsString(Map.of("id", id, "remove", remove, "make", make)) + "\n").getBytes(StandardCharsets.UTF_8));
        to.getOutputStream().flush();
    }

    private static JsonNode answer() throws IOException {
        return JSON.readTree(answers.readLine());
    }
}
