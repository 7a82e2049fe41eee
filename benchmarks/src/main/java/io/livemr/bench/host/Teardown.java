package io.livemr.bench.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Undoes what a benchmark did, last step first, each step once: when it is closed, and when this process is told to end (Ctrl-C,
 * SIGTERM). Then the thread that began it is interrupted first, so that it stops doing more. Safe to share between threads.
 */
public final class Teardown implements AutoCloseable {

    private static final long UNWIND_MILLIS = 3_000;

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Thread owner = Thread.currentThread();
    private final Thread atExit = new Thread(this::endedFromOutside, "bench-teardown");
    private boolean closed;
    private volatile boolean ended;

    /** Undoes one thing. */
    @FunctionalInterface
    public interface Step {
        void undo() throws Exception;
    }

    /** Watches over what the calling thread is about to do. */
    public static Teardown begin() {
        final Teardown teardown = new Teardown();
        Runtime.getRuntime().addShutdownHook(teardown.atExit);
        return teardown;
    }

    /** To be called before the thing is done, so that half of it is undone too. */
    public synchronized void add(final Step step) {
        if (closed) {
            throw new IllegalStateException("the benchmark is being ended");
        }
        steps.push(step);
    }

    /** What was found while everything was being taken down is no figure. */
    public void requireNotEnded() throws InterruptedException {
        if (ended) {
            throw new InterruptedException("the benchmark was ended");
        }
    }

    private void endedFromOutside() {
        ended = true;
        owner.interrupt();
        try {
            TimeUnit.MILLISECONDS.timedJoin(owner, UNWIND_MILLIS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        undoAll();
    }

    @Override
    public void close() {
        // An interrupt has done its work by now, and would only disturb the clearing up.
        final boolean interrupted = Thread.interrupted();
        undoAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (final IllegalStateException e) {
            return;     // this JVM is ending already, and waits for the hook
        }
    }

    private synchronized void undoAll() {
        closed = true;
        while (!steps.isEmpty()) {
            undo(steps.pop());
        }
    }

    private static void undo(final Step step) {
        try {
            step.undo();
        } catch (final Exception e) {
            System.err.println("bench: something is left behind: " + e);
        }
    }
}
