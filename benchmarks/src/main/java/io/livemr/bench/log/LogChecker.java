package io.livemr.bench.log;

/**
 * Reads what a reader made of the log, as it comes, and counts what is wrong. A right copy is lines 0, 1, 2 … without a gap, and nothing
 * else. One thread.
 */
public final class LogChecker {

    private final LogLine reader = new LogLine();
    private final byte[] line = new byte[LogLine.BYTES];
    private int filled;
    private boolean broken;
    private long bytes;
    private long rightLines;
    private long nulBytes;
    private long wrongLines;

    public void feed(final byte[] source, final int length) {
        bytes += length;
        for (int at = 0; at < length;) {
            final int part = Math.min(LogLine.BYTES - filled, length - at);
            System.arraycopy(source, at, line, filled, part);
            filled += part;
            at += part;
            if (filled == LogLine.BYTES) {
                check();
                filled = 0;
            }
        }
    }

    private void check() {
        final long number = reader.numberOf(line, 0);
        if (number == rightLines && !broken) {
            rightLines++;
            return;
        }
        broken = true;
        final int nuls = nuls(LogLine.BYTES);
        nulBytes += nuls;
        // Whole lines of NULs are counted as such; lines that are right but in the wrong place are wrong.
        wrongLines += nuls == LogLine.BYTES ? 0 : 1;
    }

    private int nuls(final int length) {
        int count = 0;
        for (int at = 0; at < length; at++) {
            count += line[at] == 0 ? 1 : 0;
        }
        return count;
    }

    /** What was found, of all that was fed. */
    public Verdict verdict() {
        return new Verdict(bytes, rightLines, wrongLines, nulBytes + nuls(filled), filled);
    }

    /**
     * What a reader showed.
     *
     * @param rightLines    from the first line on, up to the first that is not right.
     * @param wrongLines    after that, those that are not only NULs.
     * @param nulBytes      in all.
     * @param tornTailBytes after the last whole line.
     */
    public record Verdict(long bytes, long rightLines, long wrongLines, long nulBytes, int tornTailBytes) {

        public long rightBytes() {
            return rightLines * LogLine.BYTES;
        }

        /** Whether there is nothing that the guest did not write there. */
        public boolean isClean() {
            return wrongLines == 0 && nulBytes == 0 && tornTailBytes == 0;
        }

        /** Whether all that was synced when the read began is there, and nothing is wrong. */
        public boolean isRight(final long syncedBytes) {
            return isClean() && rightBytes() >= syncedBytes;
        }
    }
}
