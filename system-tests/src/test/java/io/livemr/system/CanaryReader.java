package io.livemr.system;

import io.livemr.system.guest.Churn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads random pieces of a composed canary until it is told to stop, and judges every word that it was given. */
final class CanaryReader implements Callable<CanaryReader.Tally> {
    private static final int MOST_BYTES = 256 << 10;
    private static final long TAG_BITS = 0xFFFFL << 48;

    /** What was read, in words of 8 bytes; {@code refused} counts reads that gave an error. */
    record Tally(long right, long zero, long foreign, long reads, long refused, String firstForeign) { }

    private final Path file;
    private final Random random;
    private final AtomicBoolean done;
    private long right;
    private long zero;
    private long foreign;
    private long reads;
    private long refused;
    private String firstForeign = "";

    CanaryReader(final Path file, final long seed, final AtomicBoolean done) {
        this.file = file;
        this.random = new Random(seed);
        this.done = done;
    }

    @Override
    public Tally call() {
        final Pace pace = new Pace();
        for (; !done.get(); pace.rest()) {
            try (FileChannel channel = FileChannel.open(file)) {
                readSome(channel);
            } catch (final IOException e) {
                refused++;
            }
        }
        return new Tally(right, zero, foreign, reads, refused, firstForeign);
    }

    /** Some pieces of one opened file, so that a file that was opened before its blocks moved is read after it too. */
    private void readSome(final FileChannel channel) throws IOException {
        for (int i = 0; i < 20 && !done.get(); i++) {
            final long words = Math.max(1, channel.size() / Long.BYTES);
            final long from = (random.nextLong() >>> 1) % words * Long.BYTES;
            final ByteBuffer piece = ByteBuffer.allocate(Long.BYTES * (1 + random.nextInt(MOST_BYTES / Long.BYTES)));
            if (channel.read(piece, from) > 0) {
                judge(piece.flip(), from);
                reads++;
            }
        }
    }

    private void judge(final ByteBuffer piece, final long from) {
        for (long at = from; piece.remaining() >= Long.BYTES; at += Long.BYTES) {
            final long word = piece.getLong();
            if (word == Churn.canary(at)) {
                right++;
            } else if (word == 0) {
                zero++;
            } else if (foreign++ == 0) {
                firstForeign = String.format("offset=%d word=%016x %s", at, word, (word & TAG_BITS) == Churn.OTHER ? "of another file" : "");
            }
        }
    }
}
