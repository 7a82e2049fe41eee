package io.livemr.bench.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogCheckerTest {

    private static final int LINES = 10;

    private final LogChecker checker = new LogChecker();

    private static byte[] lines(final int from, final int to) {
        final LogLine line = new LogLine();
        final byte[] bytes = new byte[(to - from) * LogLine.BYTES];
        for (int number = from; number < to; number++) {
            line.put(number, bytes, (number - from) * LogLine.BYTES);
        }
        return bytes;
    }

    private LogChecker.Verdict verdictOf(final byte[]... parts) {
        for (final byte[] part : parts) {
            checker.feed(part, part.length);
        }
        return checker.verdict();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 128, 1_000})
    void shouldFindAWholeLogRightHoweverItIsCutUp(final int chunkBytes) {
        final byte[] log = lines(0, LINES);
        for (int at = 0; at < log.length; at += chunkBytes) {
            final byte[] chunk = Arrays.copyOfRange(log, at, Math.min(log.length, at + chunkBytes));
            checker.feed(chunk, chunk.length);
        }

        assertThat(checker.verdict()).isEqualTo(new LogChecker.Verdict(LINES * 128, LINES, 0, 0, 0));
        assertThat(checker.verdict().isRight(LINES * 128)).isTrue();
    }

    @Test
    void shouldNotBeRightWhenSyncedLinesAreMissingAtTheEnd() {
        final LogChecker.Verdict verdict = verdictOf(lines(0, LINES - 1));

        assertThat(verdict.isClean()).isTrue();
        assertThat(verdict.isRight((LINES - 1) * 128)).isTrue();
        assertThat(verdict.isRight((LINES - 1) * 128 + 1)).isFalse();
    }

    @Test
    void shouldCountNulsAtTheEndAndNotBeRight() {
        final LogChecker.Verdict verdict = verdictOf(lines(0, LINES), new byte[300]);

        assertThat(verdict).isEqualTo(new LogChecker.Verdict(LINES * 128 + 300, LINES, 0, 300, 44));
        assertThat(verdict.isRight(LINES * 128)).isFalse();
    }

    @Test
    void shouldStopAtALineOfNulsInTheMiddle() {
        final LogChecker.Verdict verdict = verdictOf(lines(0, 4), new byte[128], lines(5, LINES));

        assertThat(verdict).isEqualTo(new LogChecker.Verdict(LINES * 128, 4, 5, 128, 0));
        assertThat(verdict.isRight(4 * 128)).isFalse();
    }

    @Test
    void shouldStopAtAGap() {
        final LogChecker.Verdict verdict = verdictOf(lines(0, 4), lines(5, LINES));

        assertThat(verdict.rightLines()).isEqualTo(4);
        assertThat(verdict.wrongLines()).isEqualTo(5);
        assertThat(verdict.isRight(4 * 128)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 12, 13, 60, 118, 119, 126, 127})
    void shouldNoticeOneChangedByteWhereverItIs(final int at) {
        final byte[] log = lines(0, LINES);
        log[3 * 128 + at] ^= 1;

        final LogChecker.Verdict verdict = verdictOf(log);

        assertThat(verdict.rightLines()).isEqualTo(3);
        assertThat(verdict.isClean()).isFalse();
    }

    @Test
    void shouldCallATornLineAtTheEndNotRight() {
        final LogChecker.Verdict verdict = verdictOf(lines(0, LINES), Arrays.copyOf(lines(LINES, LINES + 1), 40));

        assertThat(verdict.tornTailBytes()).isEqualTo(40);
        assertThat(verdict.isRight(LINES * 128)).isFalse();
    }

    @Test
    void shouldNotTakeAnotherLinesBytesForALine() {
        final byte[] log = lines(0, LINES);
        System.arraycopy(log, 2 * 128, log, 6 * 128, 128);

        assertThat(verdictOf(log).rightLines()).isEqualTo(6);
    }

    @Test
    void shouldSayHowOldTheOldestMissedLineIs() {
        final SyncReports reports = new SyncReports();
        reports.heard(128, 1_000_000_000L);
        reports.heard(256, 2_000_000_000L);
        reports.heard(384, 3_000_000_000L);

        assertThat(reports.lagSeconds(128, 5_000_000_000L)).isEqualTo(3);
        assertThat(reports.lagSeconds(384, 5_000_000_000L)).isZero();
        assertThat(reports.syncedBytes()).isEqualTo(384);
    }
}
