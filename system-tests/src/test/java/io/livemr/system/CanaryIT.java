package io.livemr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemr.lab.GuestProgram;
import io.livemr.lab.LabMode;
import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import io.livemr.lab.disk.DataDisk;
import io.livemr.system.CanaryReader.Tally;
import io.livemr.system.guest.Churn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A painted disk on which one file is granted and all others change places with it: whoever reads the granted file gets its words,
 * zeros of its holes, or an error.
 *
 * <p>Where files are pinned, the granted file can only be appended to; with ext4's own hooks it may be cut, punched and moved.
 */
class CanaryIT {
    private static final int ROUNDS = Integer.getInteger("rounds", 150);
    private static final int READERS = 2;
    private static final long DISK_BYTES = 256L << 20;
    private static final List<String> PINNED = List.of("append");
    private static final List<String> FREE = List.of(
        "append", "append", "append", "direct", "overwrite", "truncate", "extend", "punch", "zero", "defrag");
    private static Site site;

    @BeforeAll
    static void up() {
        site = Site.up(LabSpec.of(1).dataDisk(DataDisk.qcow2().withSizeBytes(DISK_BYTES)));
    }

    @AfterAll
    static void down() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void shouldNeverShowAByteOfAnotherFileWhileBlocksAreReused() throws Exception {
        final long seed = Seeds.next("CanaryIT");
        final LabVm vm = site.vm("vm1");
        paint(vm);
        vm.execAs(Site.OWNER, ": > /data/canary").orThrow();
        final Path composed = site.compose(vm, "/data/canary");

        final AtomicBoolean done = new AtomicBoolean();
        final ExecutorService threads = Executors.newFixedThreadPool(READERS);
        final List<Future<Tally>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(threads.submit(new CanaryReader(composed, seed + i, done)));
        }
        try {
            churn(vm, seed);
        } finally {
            done.set(true);
            threads.shutdown();
        }

        long right = 0;
        for (final Future<Tally> reader : readers) {
            final Tally tally = reader.get();
            System.out.println("CanaryIT: mode=" + Site.MODE + " rounds=" + ROUNDS + " " + tally);
            assertThat(tally.foreign()).as(tally.firstForeign()).isZero();
            right += tally.right();
        }
        assertThat(right).as("words that were read and right").isGreaterThan(100_000);
        await().atMost(Site.LIMIT).ignoreExceptions()
            .until(() -> Sha256.of(composed).equals(Sha256.inGuest(vm, "/data/canary")));
    }

    /** Every free block holds CDh afterwards: a word of it in a reader's hands was never written by any file. */
    private static void paint(final LabVm vm) {
        vm.exec("tr '\\0' '\\315' < /dev/zero | dd of=/data/paint bs=1M iflag=fullblock status=none 2>/dev/null; sync; rm /data/paint; sync")
            .orThrow();
    }

    private static void churn(final LabVm vm, final long seed) {
        final List<String> arguments = new ArrayList<>(List.of("/data", Long.toString(seed), Integer.toString(ROUNDS)));
        arguments.addAll(Site.MODE == LabMode.PATCHED ? FREE : PINNED);
        GuestProgram.install(vm, Churn.class).run(Duration.ofHours(2), arguments.toArray(String[]::new));
    }
}
