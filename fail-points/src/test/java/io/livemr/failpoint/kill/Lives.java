package io.livemr.failpoint.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One life of a program after the other on the same state: where one is found dead, the next is started. The next one is armed for the next case
 * already, so that a case costs one start; its faults begin with {@link #switchFile}.
 *
 * @param <L> a life, for what a case asks of the living program.
 */
public abstract class Lives<L extends Life> implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Path switchFile;
    private final Duration recovery;
    private final Duration pause;
    private final List<Integer> deaths = new ArrayList<>();
    private L life;
    private long bornNanos;
    private String faults;
    private String nextFaults;
    private IOException refusal;
    private boolean isOver = true;

    /** @param recovery what docs/fault-injection.md promises, from the moment at which {@link #born} returns. */
    protected Lives(final Path folder, final Duration recovery) {
        this(folder, recovery, PAUSE);
    }

    /** @param pause between two attempts, where one costs the program something. */
    protected Lives(final Path folder, final Duration recovery, final Duration pause) {
        this.switchFile = folder.resolve("faults-are-on");
        this.recovery = recovery;
        this.pause = pause;
    }

    /** Starts the program; its time to recover begins when this returns. */
    protected abstract L born(String armed) throws Exception;

    /** Between a death and the next life. */
    protected void mourn() throws Exception { }

    /** Before a life that does not go on from another, as when the case before failed. */
    protected void anew() { }

    public final Path switchFile() {
        return switchFile;
    }

    public final L life() {
        return life;
    }

    /** Exit codes since the case began. */
    public final List<Integer> deaths() {
        return deaths;
    }

    /** Begins a case with the program that is there, if the case before came to its end and left one that is armed for this. */
    public final void begin(final String now, final String next) throws Exception {
        nextFaults = next;
        deaths.clear();
        if (!isOver || !now.equals(faults)) {
            close();
            anew();
            start(now);
        }
        isOver = false;
        Files.createFile(switchFile);
    }

    /** The case went as it should. */
    public final void end() {
        isOver = true;
    }

    /** Something that may not be so yet. A call that was cut off says nothing of what became of it. */
    @FunctionalInterface
    public interface Attempt {
        boolean succeeds() throws IOException;
    }

    /** A point may be passed by the last that a case does, and the program die a moment later. */
    public final void awaitDeath() throws Exception {
        await("death", () -> !deaths.isEmpty());
    }

    /** Tries until it succeeds; a program that is dead meanwhile is replaced, and has its whole time from then on. */
    public final void await(final String what, final Attempt attempt) throws Exception {
        final long beganNanos = System.nanoTime();
        while (!succeeds(attempt)) {
            if (System.nanoTime() - Math.max(beganNanos, bornNanos) > recovery.toNanos()) {
                throw new AssertionError(what + ": not within " + recovery + "; " + life.output(), refusal);
            }
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        }
    }

    private boolean succeeds(final Attempt attempt) throws Exception {
        boolean done = false;
        try {
            done = attempt.succeeds();
        } catch (final IOException e) {
            refusal = e;
        }
        reviveIfDead();
        return done;
    }

    private void reviveIfDead() throws Exception {
        if (!life.isAlive()) {
            deaths.add(life.exitCode());
            mourn();
            start(nextFaults);
        }
    }

    private void start(final String armed) throws Exception {
        Files.deleteIfExists(switchFile);
        faults = armed;
        life = born(armed);
        bornNanos = System.nanoTime();
    }

    @Override
    public void close() throws Exception {
        if (life != null) {
            life.close();
        }
    }
}
