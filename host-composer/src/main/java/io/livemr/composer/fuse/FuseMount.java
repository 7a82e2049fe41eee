package io.livemr.composer.fuse;

import io.livemr.composer.file.ReadableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composed files, mounted (docs/protocol.md section 5).
 *
 * <pre>
 *   try (FuseMount mount = FuseMount.mount(Path.of("/var/lib/livemr/mnt"), files, FuseSettings.defaults(), FuseMetrics.NONE)) { … }
 * </pre>
 *
 * A mount that a killed predecessor left is detached first; one that is still served is not touched. Closing ends the mount even
 * while files in it are open; what is read from them afterwards is an error.
 */
public final class FuseMount implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FuseMount.class);
    private static final long PREDECESSOR_MILLIS = 5_000;
    private static final long CLOSE_MILLIS = 30_000;
    private static final long POLL_MILLIS = 20;

    private final Path mountPoint;
    private final FuseDevice device;
    private final FuseDispatcher dispatcher;
    private final FuseServer server;
    private boolean closed;

    private FuseMount(final Path mountPoint, final FuseDevice device, final FuseDispatcher dispatcher, final FuseServer server) {
        this.mountPoint = mountPoint;
        this.device = device;
        this.dispatcher = dispatcher;
        this.server = server;
    }

    /** Counts nothing. */
    public static FuseMount mount(final Path mountPoint, final ReadableFiles files, final FuseSettings settings) throws IOException {
        return mount(mountPoint, files, settings, FuseMetrics.NONE);
    }

    /**
     * Mounts {@code files} at {@code mountPoint}, which is created where it is missing.
     *
     * @throws IOException if another process serves a mount there, or there is no right or no FUSE
     */
    public static FuseMount mount(final Path mountPoint, final ReadableFiles files, final FuseSettings settings, final FuseMetrics metrics)
        throws IOException {
        final Path place = prepare(mountPoint.toAbsolutePath().normalize());
        final FuseDevice device = FuseDevice.open();
        final int requestPages = RequestPages.raised();
        try {
            device.mountAt(place, settings.allowOther(), requestPages);
        } catch (final IOException e) {
            device.close();
            throw e;
        }
        final FuseDispatcher dispatcher = new FuseDispatcher(files, settings, metrics);
        final FuseServer server = new FuseServer(device, dispatcher, settings, metrics, requestPages);
        server.start();
        LOG.info("mounted path={} workers={} maxWorkers={} requestPages={}", place, settings.workers(), settings.maxWorkers(), requestPages);
        return new FuseMount(place, device, dispatcher, server);
    }

    /** Path as mountinfo shows it, with no dead mount in the way. The last part is not resolved before that: a dead mount cannot be looked at. */
    private static Path prepare(final Path mountPoint) throws IOException {
        final Path parent = Files.createDirectories(mountPoint.getParent()).toRealPath();
        final Path place = parent.resolve(mountPoint.getFileName());
        while (Mounts.isOurs(place)) {
            detachPredecessor(place);
        }
        return Files.createDirectories(place);
    }

    private static void detachPredecessor(final Path place) throws IOException {
        final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PREDECESSOR_MILLIS);
        // A process that was killed a moment ago may still be on its way out.
        while (!Mounts.isDead(place)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("another process serves the mount path=" + place + "; stop it first, or: umount " + place);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
        LOG.warn("detaching the mount of a predecessor that died path={}", place);
        Mounts.detach(place);
    }

    /** What the mount is busy with now. */
    public FuseStatus status() {
        return new FuseStatus(server.workerCount(), server.reads().runningCount(), server.reads().deferredCount(), dispatcher.nodes(),
            dispatcher.openHandles());
    }

    /** Unmounts and waits for the workers. A second call does nothing. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        Mounts.detach(mountPoint);
        if (server.awaitEnd(CLOSE_MILLIS)) {
            device.close();
        } else {
            // A worker that is still in a read will write to the device: its number must not mean another file by then.
            LOG.error("a read did not end within {} ms; the device stays open until the process ends", CLOSE_MILLIS);
        }
    }
}
