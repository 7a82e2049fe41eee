package io.livemr.control.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemr.control.guard.Exit;
import io.livemr.control.guard.ProcessIdentity;
import io.livemr.control.guard.StepFolder;
import io.livemr.control.support.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real guards and real commands. */
@Timeout(60)
class StepProcessesTest {

    @TempDir
    private Path folder;
    private Path step;
    private StepProcesses processes;

    @BeforeEach
    void prepare() {
        step = folder.resolve("step");
        processes = another();
    }

    @Test
    void shouldKeepExitCodeAndOutputOfBothStreams() throws Exception {
        run("echo out; echo err >&2; exit 7");

        assertThat(processes.status(step)).isEqualTo(StepStatus.exited(new Exit(7, Exit.How.EXITED)));
        assertThat(log()).isEqualTo("out\nerr\n");
    }

    @Test
    void shouldSeeOnlyTheGivenEnvironment() throws Exception {
        start(processes, Duration.ofMinutes(1), "/usr/bin/env");
        awaitEnd();

        assertThat(log()).isEqualTo("PATH=/usr/bin:/bin\n");
    }

    @Test
    void shouldSayWhyACommandDoesNotStart() throws Exception {
        start(processes, Duration.ofMinutes(1), "/no/such/program");
        awaitEnd();

        assertThat(processes.status(step).exit().how()).isEqualTo(Exit.How.NOT_STARTED);
        assertThat(log()).contains("/no/such/program");
    }

    @Test
    void shouldReadOnBehindTheLogLimit() throws Exception {
        processes = new StepProcesses(TestSettings.of(folder, "engine.log-limit", "1000B"));

        run("yes | head -c 3000000; echo > end");

        assertThat(log()).hasSizeLessThan(1_100).endsWith("\n[livemr: the log ends here, limitBytes=1000]\n");
        assertThat(folder.resolve("end")).exists();
    }

    @Test
    void shouldSayNothingOfALogThatIsJustAsLongAsItMayBe() throws Exception {
        processes = new StepProcesses(TestSettings.of(folder, "engine.log-limit", "1000B"));

        run("yes | head -c 1000");

        assertThat(log()).isEqualTo("y\n".repeat(500));
    }

    @Test
    void shouldShowOutputWhileTheCommandRuns() throws Exception {
        start(processes, Duration.ofMinutes(1), "sh", "-c", "echo begun; while [ ! -e go ]; do sleep 0.05; done");

        await().until(() -> Files.exists(step.resolve("log")) && log().equals("begun\n"));
        assertThat(processes.status(step).phase()).isEqualTo(StepStatus.Phase.RUNNING);

        Files.createFile(folder.resolve("go"));
        awaitEnd();
    }

    /** As timeout(1) itself ends when it has killed. */
    @Test
    void shouldTellItsTimeLimitFromACommandThatEndsAsTimeoutDoes() throws Exception {
        run("exit 124");

        assertThat(processes.status(step).exit()).isEqualTo(new Exit(124, Exit.How.EXITED));
    }

    @Test
    void shouldBeLostAndNotEndedWhenItsExitCannotBeWritten() throws Exception {
        Files.createDirectories(step.resolve("exit.new"));
        start(processes, Duration.ofMinutes(1), "sh", "-c", "exit 0");

        await().until(() -> processes.status(step).phase() != StepStatus.Phase.RUNNING);

        assertThat(processes.status(step).phase()).isEqualTo(StepStatus.Phase.LOST);
    }

    @Test
    void shouldKillAtTheTimeLimit() throws Exception {
        start(processes, Duration.ofMillis(500), "sh", "-c", "sleep 100 & echo $! > child; wait");
        awaitEnd();

        assertThat(processes.status(step).exit().how()).isEqualTo(Exit.How.TIME_LIMIT);
        assertThat(processes.status(step).succeeded()).isFalse();
        assertThat(ProcessIdentity.of(pidIn("child"))).isEmpty();
    }

    @Test
    void shouldKillWhatACommandLeavesBehind() throws Exception {
        run("nohup sleep 100 > /dev/null 2>&1 & echo $! > child");

        assertThat(processes.status(step).succeeded()).isTrue();
        assertThat(ProcessIdentity.of(pidIn("child"))).isEmpty();
    }

    @Test
    void shouldEndThoughADaemonHoldsTheOutput() throws Exception {
        run("setsid sleep 10 & echo $! > child");

        assertThat(processes.status(step).succeeded()).isTrue();
        final long guard = new StepFolder(step).owner().orElseThrow().pid();
        await().until(() -> ProcessHandle.allProcesses().noneMatch(process -> ProcessIdentity.isInGroup(process.pid(), guard)));
        assertThat(ProcessIdentity.of(pidIn("child"))).as("what has a session of its own is left alone").isPresent();
    }

    @Test
    void shouldFindAProcessThatAnotherPanelStarted() throws Exception {
        start(another(), Duration.ofMinutes(1), "sh", "-c", "while [ ! -e go ]; do sleep 0.05; done; exit 3");
        await().until(() -> processes.status(step).phase() == StepStatus.Phase.RUNNING);
        final AtomicInteger ended = new AtomicInteger();
        processes.watch(step, ended::incrementAndGet);
        processes.watch(step, ended::incrementAndGet);

        Files.createFile(folder.resolve("go"));

        await().untilAtomic(ended, org.hamcrest.Matchers.is(1));
        assertThat(processes.status(step).exit()).isEqualTo(new Exit(3, Exit.How.EXITED));
    }

    @Test
    void shouldRunAStepOnceHoweverManyPanelsStartIt() throws Exception {
        for (int i = 0; i < 4; i++) {
            start(another(), Duration.ofMinutes(1), "sh", "-c", "echo ran >> runs");
        }
        awaitEnd();
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10))
            .until(() -> Files.readString(folder.resolve("runs")).equals("ran\n"));
    }

    @Test
    void shouldKillTheWholeSession() throws Exception {
        start(processes, Duration.ofMinutes(1), "sh", "-c", "trap '' TERM; sleep 100 & echo $! > child; wait; sleep 100");
        await().until(() -> Files.exists(folder.resolve("child")) && !Files.readString(folder.resolve("child")).isEmpty());

        processes.kill(step);

        assertThat(ProcessIdentity.of(pidIn("child"))).isEmpty();
        assertThat(processes.status(step).phase()).isEqualTo(StepStatus.Phase.LOST);
    }

    @Test
    void shouldKillWhatIsLeftWhenTheGuardIsGone() throws Exception {
        start(processes, Duration.ofMinutes(1), "sh", "-c", "sleep 100 & echo $! > child; wait");
        await().until(() -> Files.exists(folder.resolve("child")) && !Files.readString(folder.resolve("child")).isEmpty());
        ProcessHandle.of(new StepFolder(step).owner().orElseThrow().pid()).orElseThrow().destroyForcibly();
        await().until(() -> processes.status(step).phase() == StepStatus.Phase.LOST);

        processes.forget(step);

        assertThat(ProcessIdentity.of(pidIn("child"))).isEmpty();
        assertThat(processes.status(step).phase()).isEqualTo(StepStatus.Phase.NOT_STARTED);
    }

    @Test
    void shouldLeaveAStrangerAloneThatHasTheNumberNow() throws Exception {
        final Process stranger = new ProcessBuilder("setsid", "sleep", "100").start();
        final ProcessIdentity now = ProcessIdentity.of(stranger.pid()).orElseThrow();
        Files.createDirectories(step);
        Files.writeString(step.resolve("pid"), new ProcessIdentity(now.pid(), now.startTicks() - 1, now.bootId()) + "\n");

        assertThat(processes.status(step).phase()).isEqualTo(StepStatus.Phase.LOST);
        processes.kill(step);

        assertThat(stranger.isAlive()).isTrue();
        stranger.destroyForcibly();
    }

    private StepProcesses another() {
        return new StepProcesses(TestSettings.of(folder, "engine.kill-grace", "500ms"));
    }

    private void run(final String script) {
        start(processes, Duration.ofMinutes(1), "sh", "-c", script);
        awaitEnd();
    }

    private void start(final StepProcesses by, final Duration limit, final String... command) {
        by.start(step, List.of(command), Map.of("PATH", "/usr/bin:/bin"), folder, limit, () -> { });
    }

    private void awaitEnd() {
        await().atMost(Duration.ofSeconds(30)).until(() -> processes.status(step).phase() == StepStatus.Phase.ENDED);
    }

    private String log() throws IOException {
        return Files.readString(step.resolve("log"));
    }

    private long pidIn(final String file) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve(file)).strip());
    }
}
