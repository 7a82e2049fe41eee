package io.livemr.bench.flood;

import io.livemr.bench.host.Site;
import io.livemr.bench.measure.Contender;
import io.livemr.launcher.process.Poll;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A host on which one VM floods its composer, or is as busy by itself, and what that does to composer and neighbour. */
final class FloodRun {

    private static final int READ_BYTES = 64 << 10;
    private static final long SETTLE_MILLIS = 2_000;
    private static final Duration FLOOD_LIMIT = Duration.ofMinutes(3);
    private static final Duration BURST_LIMIT = Duration.ofSeconds(20);
    private static final String RATE_LIMITED = "reason=\"rate_limited\"";
    private static final Duration POLL = Duration.ofMillis(250);
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TICKS_AFTER_NAME = 11;

    private final Site site;
    private final FloodingGuest guest;
    private final long seconds;

    FloodRun(final Site site, final FloodingGuest guest, final long seconds) {
        this.site = site;
        this.guest = guest;
        this.seconds = seconds;
    }

    /** Percent of one processor that the composer takes while nobody reads. */
    Contender composerPercent(final boolean flooding) {
        return contender(flooding, () -> {
            final double before = composerSeconds();
            final long began = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            return (composerSeconds() - before) * 1e11 / (System.nanoTime() - began);
        });
    }

    /** Reads a second, each of 64 KiB, of the neighbour's composed file. */
    Contender readsPerSecond(final boolean flooding, final Path composed) {
        return contender(flooding, () -> {
            try (FileChannel file = FileChannel.open(composed)) {
                return readsPerSecond(file);
            }
        });
    }

    private Contender contender(final boolean flooding, final Contender.Measurement measurement) {
        return new Contender(flooding ? "a VM floods" : "a VM is as busy", () -> {
            if (flooding) {
                guest.flood();
                awaitFlood();
            } else {
                guest.stayBusy();
                awaitEndOfFlood();
            }
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            final double before = refused();
            final double value = measurement.run();
            if (flooding == (refused() == before)) {
                throw new IOException("refused lines while flooding=" + flooding + ": " + (refused() - before));
            }
            return value;
        });
    }

    /** The composer first has to give up the session of the agent that was there. */
    private void awaitFlood() throws IOException {
        final double before = refused();
        final double slowed = refused(RATE_LIMITED);
        if (!Poll.until(FLOOD_LIMIT, POLL, () -> refused() > before)) {
            throw new IOException("nothing of the flood arrived within " + FLOOD_LIMIT.toSeconds() + " s: the composer refused no line of it");
        }
        // What a VM may say at once is over then; a guest that is too slow for the limit is measured as it is.
        Poll.until(BURST_LIMIT, POLL, () -> refused(RATE_LIMITED) > slowed);
    }

    /** What the channel holds of it is read as slowly as the composer reads a VM that floods. */
    private void awaitEndOfFlood() throws IOException {
        final double[] last = {Double.NaN};
        final boolean ended = Poll.until(FLOOD_LIMIT, Duration.ofMillis(SETTLE_MILLIS), () -> {
            final double now = refused();
            final boolean quiet = now == last[0];
            last[0] = now;
            return quiet;
        });
        if (!ended) {
            throw new IOException("the composer still refuses lines " + FLOOD_LIMIT.toSeconds() + " s after the flood's end");
        }
    }

    private double readsPerSecond(final FileChannel file) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
        final Random random = new Random(1);
        final long began = System.nanoTime();
        final long lastNanos = began + TimeUnit.SECONDS.toNanos(seconds);
        int reads = 0;
        for (; System.nanoTime() < lastNanos; reads++) {
            file.read(buffer.clear(), random.nextLong(file.size() - READ_BYTES));
        }
        return reads * 1e9 / (System.nanoTime() - began);
    }

    /** Of user and system; proc(5). */
    private double composerSeconds() throws IOException {
        final String stat = Files.readString(Path.of("/proc/" + site.stack().process("composer").pid() + "/stat"));
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TICKS_AFTER_NAME]) + Long.parseLong(fields[USER_TICKS_AFTER_NAME + 1])) / TICKS_PER_SECOND;
    }

    private double refused() {
        return refused("");
    }

    private double refused(final String words) {
        return site.stack().composer().metrics().lines().filter(line -> line.startsWith("livemr_rejected_total") && line.contains(words))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
}
