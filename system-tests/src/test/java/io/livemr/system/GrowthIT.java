package io.livemr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A file that grows while it is read: what a reader gets is always the beginning of what the guest wrote. */
class GrowthIT {
    private static final int GROWTHS = Integer.getInteger("growths", 200);
    private static final int MOST_BYTES = 60_000;
    private static final long HDFS_BLOCK_BYTES = 1 << 20;
    private static Site site;

    @BeforeAll
    static void up() {
        site = Site.up(LabSpec.of(1), stack -> stack.withoutPanel().withBlockSize(HDFS_BLOCK_BYTES));
    }

    @AfterAll
    static void down() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void shouldShowEveryReaderACorrectPrefixDuringManyGrowths() throws Exception {
        final long seed = Seeds.next("GrowthIT");
        final GrowingFile growing = new GrowingFile(seed, GROWTHS, MOST_BYTES);
        final LabVm vm = site.vm("vm1");
        vm.execAs(Site.OWNER, ": > /data/growing").orThrow();
        final Path composed = site.compose(vm, "/data/growing");
        site.composeIntoHdfs(vm, "/data/growing", "/growing");

        final AtomicBoolean done = new AtomicBoolean();
        final ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            final List<Future<Integer>> reads = List.of(
                readers.submit(reader(done, growing, () -> Files.newInputStream(composed))),
                readers.submit(reader(done, growing, () -> site.stack().webHdfs().open("/growing"))));
            growing.appendAll(vm, "/data/growing");
            await().atMost(Site.LIMIT).until(() -> site.stack().webHdfs().lengthBytes("/growing") == growing.lengthBytes());
            done.set(true);
            for (final Future<Integer> read : reads) {
                assertThat(read.get()).as("reads of one reader").isGreaterThan(10);
            }
        } finally {
            done.set(true);
            readers.shutdownNow();
        }

        final String truth = Sha256.inGuest(vm, "/data/growing");
        assertThat(Sha256.of(growing.bytes(), growing.lengthBytes())).as("what the guest was given").isEqualTo(truth);
        assertThat(Sha256.of(composed)).isEqualTo(truth);
        assertThat(Sha256.throughHdfs(site, "/growing")).isEqualTo(truth);
        assertThat(site.stack().webHdfs().blocks("/growing")).isGreaterThan(1);
    }

    /** Reads from the start again and again; a byte that differs, or a length that shrinks, is a failure. */
    private static Callable<Integer> reader(final AtomicBoolean done, final GrowingFile truth, final Callable<InputStream> open) {
        return () -> {
            final Pace pace = new Pace();
            int reads = 0;
            for (long seenBytes = 0; !done.get(); reads++) {
                seenBytes = Math.max(seenBytes, readOnce(truth, open, seenBytes));
                pace.rest();
            }
            return reads;
        };
    }

    private static long readOnce(final GrowingFile truth, final Callable<InputStream> open, final long seenBytes) throws Exception {
        try (InputStream in = open.call()) {
            final byte[] read = in.readAllBytes();
            truth.requirePrefix(read);
            assertThat((long) read.length).as("length never shrinks").isGreaterThanOrEqualTo(seenBytes);
            return read.length;
        } catch (final IOException e) {
            throw new AssertionError("a reader was refused while the file only grew", e);
        }
    }
}
