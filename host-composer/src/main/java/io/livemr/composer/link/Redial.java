package io.livemr.composer.link;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A thread that talks to one peer at a time, and again when the talk is over; after growing pauses while the peer does not answer.
 * It starts with the first peer. Safe to share between threads.
 *
 * @param <P> what names a peer.
 */
public final class Redial<P> implements AutoCloseable {

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final Predicate<P> talk;
    private final Thread thread;
    private P peer;
    private boolean started;
    private volatile boolean closed;

    /** @param talk connects, talks until the end, and says whether the peer answered. */
    public Redial(final String threadName, final Predicate<P> talk) {
        this.talk = talk;
        this.thread = new Thread(this::run, threadName);
        this.thread.setDaemon(true);
    }

    /** Whom to talk to from the next talk on; null: nobody. */
    public synchronized void to(final P nextPeer) {
        peer = nextPeer;
        if (peer != null && !started && !closed) {
            started = true;
            thread.start();
        }
        notifyAll();
    }

    private void run() {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (!closed) {
            try {
                final boolean answered = talk.test(awaitPeer());
                pauseMillis = answered ? FIRST_PAUSE_MILLIS : Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
            } catch (final InterruptedException e) {
                return;
            }
        }
    }

    private synchronized P awaitPeer() throws InterruptedException {
        while (peer == null) {
            wait();
        }
        return peer;
    }

    /** A talk under way is interrupted, which closes a channel that the thread waits on. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
