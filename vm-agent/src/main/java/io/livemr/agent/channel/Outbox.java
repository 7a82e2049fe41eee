package io.livemr.agent.channel;

import io.livemr.agent.kernel.CharacterPort;
import io.livemr.agent.kernel.KernelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bounded queue of lines to the composer and the one thread that writes them.
 *
 * <p>Lines of a session that is over are thrown away, so nothing of an old conversation is said in a new one. A line
 * that was half written is ended by the empty line before the next {@code hello}.
 */
final class Outbox implements Runnable {

    private record Item(Session session, byte[] line) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final byte[] END_OF_HALF_LINE = "\n".getBytes(StandardCharsets.UTF_8);

    private final BlockingQueue<Item> queue;
    private final LeaseClock lease;
    private volatile CharacterPort port;
    private Session lastWritten;

    Outbox(final int limitLines, final LeaseClock lease) {
        this.queue = new ArrayBlockingQueue<>(limitLines);
        this.lease = lease;
    }

    void writeTo(final CharacterPort openPort) {
        port = openPort;
    }

    int length() {
        return queue.size();
    }

    /** Waits for room at most as long as the session's lease. */
    boolean put(final Session session, final byte[] line) {
        try {
            return queue.offer(new Item(session, line), session.leaseMillis(), TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                write(queue.take());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(final Item item) {
        final Session session = item.session();
        if (!session.isOpen()) {
            return;
        }
        try {
            final boolean written = startConversation(session) && port.write(item.line(), session::isOpen);
            lease.sent(session.leaseMillis());
            if (!written) {
                session.drop();
            }
        } catch (final KernelException e) {
            LOG.warn("session over, port not writable: {}", e.getMessage());
            session.drop();
        }
    }

    private boolean startConversation(final Session session) throws KernelException {
        if (session == lastWritten) {
            return true;
        }
        lastWritten = session;
        return port.write(END_OF_HALF_LINE, session::isOpen);
    }
}
