package io.livemr.simulation.host;

import io.livemr.composer.image.QemuGuard;
import io.livemr.composer.image.SharedPage;
import io.livemr.composer.qemu.MapOwner;
import io.livemr.composer.qemu.MapSession;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.IOException;

/** One connection of the composer to QEMU, as its {@code MapLink} makes it: the real session over frames that arrive one by one. */
final class MapConnection {

    private final MapOwner owner;
    private final QemuGuard guard;
    private final FrameFeed feed = new FrameFeed();
    private final MapSession session;

    private MapConnection(final MapOwner owner, final QemuGuard guard, final SharedPage page, final SilentMetrics metrics) {
        this.owner = owner;
        this.guard = guard;
        this.session = new MapSession(owner, guard, page, feed, metrics);
    }

    /** The page first, then the socket: see {@link MapSession}. */
    static MapConnection open(
            final MapOwner owner, final QemuGuard guard, final Qemu qemu, final SilentMetrics metrics, final Runnable pause)
            throws IOException {
        final SharedPage page = SharedPage.open(qemu.page().path());
        pause.run();
        qemu.connect();
        return new MapConnection(owner, guard, page, metrics);
    }

    /** Gives whether the connection goes on. */
    boolean take(final byte[] frame) {
        feed.arrive(frame);
        try {
            session.run();
            throw new IllegalStateException("a session ended without an exception");
        } catch (final FrameFeed.Drained e) {
            return true;
        } catch (final IOException | RejectedRecordException e) {
            return false;
        }
    }

    void over() {
        if (session.answered()) {
            guard.end();
            owner.grants().distrustDisks();
        }
    }
}
