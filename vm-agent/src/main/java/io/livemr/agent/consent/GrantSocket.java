package io.livemr.agent.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.Lines;
import io.livemr.agent.loop.WorkLoop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The unix socket that {@code livemr-grant} talks to: one JSON line in, one JSON line out, then closed.
 *
 * <p>Every local user may connect; the kernel says who did ({@code SO_PEERCRED}). At most 32 connections at a time, each must
 * say its line within five seconds. One thread accepts, one per connection serves.
 */
public final class GrantSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GrantSocket.class);
    private static final int CONNECTION_LIMIT = 32;
    private static final int LINE_LIMIT_BYTES = 16 * 1024;
    private static final long SAY_MILLIS = 30_000;
    private static final long ACCEPT_AGAIN_NANOS = 100_000_000;

    private final WorkLoop loop;
    private final OwnerCommands commands;
    private final ServerSocketChannel server;
    private final ThreadPoolExecutor connections = new ThreadPoolExecutor(
            0, CONNECTION_LIMIT, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), GrantSocket::daemon);

    public GrantSocket(final Path path, final WorkLoop loop, final OwnerCommands commands) throws IOException {
        this.loop = loop;
        this.commands = commands;
        Files.createDirectories(path.getParent());
        Files.deleteIfExists(path);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    public void start() {
        daemon(this::acceptAll).start();
    }

    private void acceptAll() {
        while (server.isOpen()) {
            try {
                final SocketChannel connection = server.accept();
                try {
                    connections.execute(() -> serve(connection));
                } catch (final RejectedExecutionException full) {
                    connection.close();
                }
            } catch (final IOException e) {
                LOG.debug("accept failed: {}", e.getMessage());
                LockSupport.parkNanos(ACCEPT_AGAIN_NANOS);
            }
        }
    }

    private void serve(final SocketChannel connection) {
        try (connection) {
            final UserPrincipal peer = connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            final JsonNode command = Lines.JSON.readTree(readLine(connection));
            final CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
            loop.execute(() -> CompletableFuture.completedFuture(peer).thenCompose(who -> commands.answer(who, command))
                    .whenComplete((result, failure) -> settle(answer, result, failure)));
            write(connection, answer.get());
        } catch (final IOException | ExecutionException e) {
            LOG.info("livemr-grant went away or spoke no JSON: {}", e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void settle(final CompletableFuture<ObjectNode> answer, final ObjectNode result, final Throwable failure) {
        if (failure == null) {
            answer.complete(result);
        } else {
            LOG.error("livemr-grant got no answer", failure);
            answer.completeExceptionally(failure);
        }
    }

    private byte[] readLine(final SocketChannel connection) throws IOException {
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        final ByteBuffer buffer = ByteBuffer.allocate(4_096);
        final AtomicBoolean said = new AtomicBoolean();
        loop.after(SAY_MILLIS, () -> closeUnless(said, connection));
        while (connection.read(buffer) >= 0 && line.size() <= LINE_LIMIT_BYTES) {
            line.write(buffer.array(), 0, buffer.position());
            if (buffer.position() > 0 && buffer.get(buffer.position() - 1) == '\n') {
                said.set(true);
                return line.toByteArray();
            }
            buffer.clear();
        }
        throw new IOException("no line, or a longer one than bytes=" + LINE_LIMIT_BYTES);
    }

    private static void closeUnless(final AtomicBoolean said, final SocketChannel connection) {
        if (said.get()) {
            return;
        }
        try {
            connection.close();
        } catch (final IOException e) {
            LOG.debug("close: {}", e.getMessage());
        }
    }

    private static void write(final SocketChannel connection, final ObjectNode answer) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    private static Thread daemon(final Runnable work) {
        final Thread thread = new Thread(work, "grant-socket");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.shutdownNow();
    }
}
