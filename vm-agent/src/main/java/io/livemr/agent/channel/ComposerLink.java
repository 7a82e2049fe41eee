package io.livemr.agent.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.agent.report.Counters;
import io.livemr.agent.kernel.CharacterPort;
import io.livemr.agent.kernel.KernelException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the port open, reads the composer's lines and hands them on; waits, without spinning, while no host is there.
 *
 * <p>One thread reads. At most {@link #LINES_IN_HAND} lines are handed on and not yet dealt with; then it stops reading.
 */
public final class ComposerLink implements Runnable, AutoCloseable {

    /** Takes what the reading thread finds. Must not block; calls {@code done} once it has dealt with the line. */
    public interface Listener {

        void line(JsonNode line, Runnable done);

        void hostGone();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ComposerLink.class);
    private static final int LINES_IN_HAND = 64;
    private static final int READ_MILLIS = 1_000;
    private static final long ABSENT_NANOS = 200_000_000L;

    private final Path path;
    private final Outbox outbox;
    private final Counters counters;
    private final Semaphore room = new Semaphore(LINES_IN_HAND);
    private final byte[] buffer = new byte[32 * 1024];
    private final Thread writer;
    private final Thread reader = daemon("composer-reader", this);
    private Listener listener;
    private LineBuffer lines;
    private boolean hostThere = true;
    private String lastFailure;

    public ComposerLink(final Path path, final int queueLines, final LeaseClock lease, final Counters counters) {
        this.path = path;
        this.outbox = new Outbox(queueLines, lease);
        this.writer = daemon("composer-writer", outbox);
        this.counters = counters;
    }

    /** Starts the reading and the writing thread. */
    public void start(final Listener to) {
        listener = to;
        lines = new LineBuffer(this::accept, () -> counters.rejected("line_too_long"));
        writer.start();
        reader.start();
    }

    public Session newSession(final long epoch, final long leaseMillis) {
        return new Session(outbox, epoch, leaseMillis);
    }

    public int queuedLines() {
        return outbox.length();
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (CharacterPort port = CharacterPort.open(path)) {
                LOG.info("port open: {}", path);
                lastFailure = null;
                outbox.writeTo(port);
                readUntilOver(port);
            } catch (final KernelException e) {
                sayOnce(e.getMessage());
            }
            hostGone();
            LockSupport.parkNanos(ABSENT_NANOS);
        }
    }

    private void readUntilOver(final CharacterPort port) throws KernelException {
        while (!Thread.currentThread().isInterrupted()) {
            final int count = port.read(buffer, READ_MILLIS);
            if (count > 0) {
                hostThere = true;
                lines.add(buffer, count);
            } else if (count == CharacterPort.HOST_ABSENT) {
                hostGone();
                if (port.endsWithHangUp()) {
                    return;
                }
                LockSupport.parkNanos(ABSENT_NANOS);
            }
        }
    }

    private void hostGone() {
        if (hostThere) {
            hostThere = false;
            lines.reset();
            listener.hostGone();
        }
    }

    private void accept(final String text) {
        try {
            final JsonNode line = Lines.JSON.readTree(text);
            if (!line.isObject()) {
                counters.rejected("malformed");
                return;
            }
            room.acquireUninterruptibly();
            listener.line(line, room::release);
        } catch (final JsonProcessingException e) {
            counters.rejected("malformed");
        }
    }

    private void sayOnce(final String failure) {
        if (!failure.equals(lastFailure)) {
            LOG.warn("port not there yet, will try again: {}", failure);
            lastFailure = failure;
        }
    }

    /** The port is let go of within a second. */
    @Override
    public void close() {
        writer.interrupt();
        reader.interrupt();
    }

    private static Thread daemon(final String name, final Runnable work) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
