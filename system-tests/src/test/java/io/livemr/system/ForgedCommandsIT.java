package io.livemr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.livemr.lab.LabMode;
import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import io.livemr.lab.domain.QemuCounters;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The root of one guest sends forged vendor commands; {@code -Dforged=N} says how many. */
class ForgedCommandsIT {
    private static final int COMMANDS = Integer.getInteger("forged", 20_000);
    private static final String PARAMETER_LIST = "5/26/00";
    private static final String OUT_OF_RANGE = "5/21/00";
    private static Site site;

    @TempDir
    private Path folder;

    @BeforeAll
    static void up() {
        assumeTrue(Site.MODE != LabMode.STOCK, "a stock QEMU takes no vendor command: -Dmode=hypervisor");
        site = Site.up(LabSpec.of(2));
    }

    @AfterAll
    static void down() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void shouldServeOtherVmsAndCountEveryRejectionWhileAGuestForgesCommands() throws Exception {
        final LabVm forger = site.vm("vm1");
        final LabVm other = site.vm("vm2");
        other.execAs(Site.OWNER, "head -c 3000001 /dev/urandom > /data/log; sync").orThrow();
        final Path composed = site.compose(other, "/data/log");
        final String wanted = Sha256.inGuest(other, "/data/log");
        final long qemu = forger.qemuPid().orElseThrow();

        final Map<String, Long> before = QemuCounters.of(forger);
        final Map<String, Long> answers;
        final CountDownLatch done = new CountDownLatch(1);
        final ExecutorService thread = Executors.newSingleThreadExecutor();
        final Future<Integer> reads = thread.submit(() -> readUntil(done, composed, wanted));
        try {
            answers = forge(forger);
        } finally {
            done.countDown();
            thread.shutdown();
        }
        assertThat(reads.get()).as("whole reads of the other VM's file meanwhile").isPositive();
        assertEachIsCounted(answers, before, QemuCounters.of(forger));

        assertThat(forger.exec("echo alive").orThrow().strip()).isEqualTo("alive");
        assertThat(forger.qemuPid()).contains(qemu);
        forger.execAs(Site.OWNER, "echo mine > /data/mine; sync").orThrow();
        assertThat(Sha256.of(site.compose(forger, "/data/mine"))).isEqualTo(Sha256.inGuest(forger, "/data/mine"));
    }

    private Map<String, Long> forge(final LabVm vm) throws Exception {
        final String said = ForgingProgram.install(vm, folder).run(Seeds.next("ForgedCommandsIT"), COMMANDS);
        final Map<String, Long> answers = said.lines().map(line -> line.split("="))
            .collect(Collectors.toMap(words -> words[0], words -> Long.parseLong(words[1]), Long::sum, TreeMap::new));
        System.out.println("ForgedCommandsIT: mode=" + Site.MODE + " answers=" + answers);
        return answers;
    }

    private static void assertEachIsCounted(
            final Map<String, Long> answers, final Map<String, Long> before, final Map<String, Long> after) {
        final Map<String, Long> rejected = new TreeMap<>();
        after.forEach((name, count) -> {
            if (name.startsWith("rejected-") && count > before.get(name)) {
                rejected.put(name, count - before.get(name));
            }
        });
        System.out.println("ForgedCommandsIT: " + rejected);
        assertThat(answers.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(COMMANDS);
        assertThat(rejected.values().stream().mapToLong(Long::longValue).sum()).as("rejected records, by QEMU's counters")
            .isEqualTo(answers.getOrDefault(PARAMETER_LIST, 0L) + answers.getOrDefault(OUT_OF_RANGE, 0L));
        assertThat(rejected.getOrDefault("rejected-beyond-disk", 0L)).isEqualTo(answers.getOrDefault(OUT_OF_RANGE, 0L));
        assertThat(rejected).as("reasons that were met").hasSizeGreaterThan(4);
    }

    private static int readUntil(final CountDownLatch done, final Path composed, final String wanted) {
        final Pace pace = new Pace();
        int reads = 0;
        for (; reads == 0 || done.getCount() > 0; reads++) {
            assertThat(Sha256.of(composed)).isEqualTo(wanted);
            pace.rest();
        }
        return reads;
    }
}
