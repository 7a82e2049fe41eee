package io.livemr.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.bench.log.LogLine;
import io.livemr.bench.log.SyncReports;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LiveReadTest {

    private static final int LINES = 100;
    private static final byte[] LOG = log();

    private final SyncReports reports = new SyncReports();

    private static byte[] log() {
        final byte[] bytes = new byte[LINES * LogLine.BYTES];
        for (int number = 0; number < LINES; number++) {
            new LogLine().put(number, bytes, number * LogLine.BYTES);
        }
        return bytes;
    }

    private LiveRead readOf(final byte[] bytes) throws Exception {
        reports.heard(50L * LogLine.BYTES, System.nanoTime() - 100_000_000_000L);
        reports.heard((long) LOG.length, System.nanoTime() - 1_000_000_000L);
        return LiveRead.of(new Showing(bytes), reports);
    }

    @Test
    void shouldCallAllSyncedLinesRight() throws Exception {
        final LiveRead read = readOf(LOG);

        assertThat(read.right()).isTrue();
        assertThat(read.lagLines()).isZero();
        assertThat(read.lagSeconds()).isZero();
        assertThat(read.megabytesPerSecond()).isPositive();
    }

    @Test
    void shouldTellTheLagOfAStaleReader() throws Exception {
        final LiveRead read = readOf(Arrays.copyOf(LOG, 60 * LogLine.BYTES));

        assertThat(read.right()).isFalse();
        assertThat(read.lagLines()).isEqualTo(40);
        assertThat(read.lagSeconds()).isBetween(1.0, 60.0);
    }

    @Test
    void shouldNotLetNulsPassForTheEndOfTheLog() throws Exception {
        final LiveRead read = readOf(Arrays.copyOf(LOG, LOG.length + 4_096));

        assertThat(read.right()).isFalse();
        assertThat(read.verdict().nulBytes()).isEqualTo(4_096);
        assertThat(read.lagLines()).isZero();
    }

    @Test
    void shouldRefuseAReaderThatShowsNothing() {
        assertThatThrownBy(() -> readOf(new byte[0])).hasMessageContaining("showed nothing");
    }

    private record Showing(byte[] bytes) implements LiveReader {

        @Override
        public String name() {
            return "showing";
        }

        @Override
        public void prepare() { }

        @Override
        public Reading open() {
            return new Reading() {
                @Override
                public InputStream stream() {
                    return new ByteArrayInputStream(bytes);
                }

                @Override
                public void close() { }
            };
        }
    }
}
