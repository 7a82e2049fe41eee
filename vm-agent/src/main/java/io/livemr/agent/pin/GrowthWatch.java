package io.livemr.agent.pin;

import io.livemr.agent.kernel.Descriptor;
import io.livemr.agent.kernel.Inotify;
import io.livemr.agent.kernel.KernelException;
import io.livemr.agent.loop.WorkLoop;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of changes of granted files from inotify, on a thread of its own, and tells the working thread once per file until
 * that has looked ({@link #looking}).
 */
final class GrowthWatch implements Runnable {

    /** Told on the working thread. */
    interface Listener {

        void changed(int watch);

        void attributesChanged(int watch);

        void eventsLost();
    }

    /** The watch of a file whose growth is somebody else's concern. */
    static final int NONE = -1;

    private static final Logger LOG = LoggerFactory.getLogger(GrowthWatch.class);
    private static final int WAIT_MILLIS = 10_000;
    private static final int MORE_THAN_DATA = Inotify.ATTRIBUTES | Inotify.MOVE_SELF | Inotify.DELETE_SELF;

    private final Inotify inotify;
    private final WorkLoop loop;
    private final Set<Integer> told = ConcurrentHashMap.newKeySet();
    private Listener listener;

    GrowthWatch(final Inotify inotify, final WorkLoop loop) {
        this.inotify = inotify;
        this.loop = loop;
    }

    void start(final Listener to) {
        listener = to;
        final Thread thread = new Thread(this, "growth-watch");
        thread.setDaemon(true);
        thread.start();
    }

    int watch(final Descriptor file) throws KernelException {
        return inotify.watch(file);
    }

    void unwatch(final int watch) {
        if (watch != NONE) {
            inotify.unwatch(watch);
            told.remove(watch);
        }
    }

    /** The working thread looks at the file now; what happens after this is told again. */
    void looking(final int watch) {
        told.remove(watch);
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                inotify.await(WAIT_MILLIS, this::happened);
            }
        } catch (final KernelException e) {
            LOG.error("inotify failed; growth is only seen by the periodic re-check from now on", e);
        }
    }

    private void happened(final int watch, final int mask) {
        if ((mask & Inotify.OVERFLOW) != 0) {
            loop.execute(listener::eventsLost);
        } else if ((mask & MORE_THAN_DATA) != 0) {
            loop.execute(() -> listener.attributesChanged(watch));
        } else if ((mask & Inotify.IGNORED) == 0 && told.add(watch)) {
            loop.execute(() -> listener.changed(watch));
        }
    }
}
