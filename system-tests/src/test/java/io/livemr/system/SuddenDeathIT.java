package io.livemr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} of one program at a time: readers get right bytes or an error, and afterwards all is as before. */
class SuddenDeathIT {
    private static final String FILE = "/data/log";
    private static final String HDFS_FILE = "/log";
    private static Site site;
    private static LabVm vm;
    private static Path composed;
    private static GrowingFile growing;
    private static Map<String, Runnable> deaths;

    @BeforeAll
    static void up() {
        site = Site.up(LabSpec.of(1));
        vm = site.vm("vm1");
        growing = new GrowingFile(Seeds.next("SuddenDeathIT"), 40, 300_000);
        vm.execAs(Site.OWNER, ": > " + FILE).orThrow();
        composed = site.compose(vm, FILE);
        growing.appendAll(vm, FILE);
        site.composeIntoHdfs(vm, FILE, HDFS_FILE);
        deaths = Map.of(
            "composer", () -> site.stack().process("composer").killForcibly(),
            "datanode", () -> site.stack().process("datanode").killForcibly(),
            "namenode", () -> site.stack().process("namenode").killForcibly(),
            "agent", () -> vm.exec("kill -9 " + vm.agentPid().orElseThrow()).orThrow(),
            "qemu", SuddenDeathIT::killQemuAndPowerOn);
    }

    @AfterAll
    static void down() {
        if (site != null) {
            site.close();
        }
    }

    private static void killQemuAndPowerOn() {
        vm.killQemu();
        vm.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"composer", "datanode", "namenode", "agent", "qemu"})
    void shouldServeTheSameBytesAfterADeathAtRest(final String victim) {
        deaths.get(victim).run();

        shouldServeAllAgain();
    }

    @ParameterizedTest
    @ValueSource(strings = {"composer", "datanode", "namenode", "agent", "qemu"})
    void shouldServeRightBytesOrAnErrorThroughADeathDuringReads(final String victim) throws Exception {
        final AtomicBoolean done = new AtomicBoolean();
        final AtomicInteger rightReads = new AtomicInteger();
        final ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            final Future<?> local = readers.submit(reader(done, rightReads, () -> Files.newInputStream(composed)));
            final Future<?> hdfs = readers.submit(reader(done, rightReads, () -> site.stack().webHdfs().open(HDFS_FILE)));
            await().atMost(Site.LIMIT).untilAtomic(rightReads, org.hamcrest.Matchers.greaterThan(4));

            deaths.get(victim).run();

            shouldServeAllAgain();
            done.set(true);
            local.get();
            hdfs.get();
        } finally {
            done.set(true);
            readers.shutdownNow();
        }
    }

    /** Errors are allowed here, wrong bytes are not. */
    private static Callable<Void> reader(final AtomicBoolean done, final AtomicInteger rightReads, final Callable<InputStream> open) {
        return () -> {
            for (final Pace pace = new Pace(); !done.get(); pace.rest()) {
                readOnce(rightReads, open);
            }
            return null;
        };
    }

    private static void readOnce(final AtomicInteger rightReads, final Callable<InputStream> open) throws Exception {
        try (InputStream in = open.call()) {
            growing.requirePrefix(in.readAllBytes());
            rightReads.incrementAndGet();
        } catch (final IOException | io.livemr.launcher.client.ApiException refused) {
            return;
        }
    }

    private static void shouldServeAllAgain() {
        final String truth = Sha256.of(growing.bytes(), growing.lengthBytes());
        site.stack().awaitHealthy();
        await().atMost(Site.LIMIT).pollInterval(Duration.ofMillis(100)).ignoreExceptions()
            .untilAsserted(() -> assertThat(Sha256.of(composed)).isEqualTo(truth));
        await().atMost(Site.LIMIT).pollInterval(Duration.ofMillis(100)).ignoreExceptions()
            .untilAsserted(() -> assertThat(Sha256.throughHdfs(site, HDFS_FILE)).isEqualTo(truth));
        assertThat(Sha256.inGuest(vm, FILE)).isEqualTo(truth);
    }
}
