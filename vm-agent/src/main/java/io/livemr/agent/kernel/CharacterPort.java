package io.livemr.agent.kernel;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * A virtio-serial port, open for reading and writing.
 *
 * <p>The port opens whether or not the host is there. While it is not, {@code poll} says {@code POLLHUP} at once
 * and without end, {@code read} gives 0 or {@code EAGAIN}, and {@code write} would wait: {@link #read} then says
 * {@link #HOST_ABSENT}, and its caller waits before it asks again. Only one process can have the port open.
 *
 * <p>A path that is a unix socket is connected to instead (a test's composer); there the end of the stream is for good.
 * One thread may read while another writes.
 */
public final class CharacterPort implements AutoCloseable {

    public static final int NOTHING_YET = 0;
    public static final int HOST_ABSENT = -1;

    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCKADDR_BYTES = 110;
    private static final int WRITE_BYTES = 32 * 1024;
    private static final int POLL_MILLIS = 200;

    private final Descriptor port;
    private final boolean socket;

    private CharacterPort(final Descriptor port, final boolean socket) {
        this.port = port;
        this.socket = socket;
    }

    public static CharacterPort open(final Path path) throws KernelException {
        final boolean special = Files.exists(path) && isSocket(path);
        return new CharacterPort(special ? connect(path) : Descriptor.openReadWrite(path), special);
    }

    /** Whether a hang-up is final, so that only opening again can bring the host back. */
    public boolean endsWithHangUp() {
        return socket;
    }

    /** Reads what is there, waiting up to a time: a count, {@link #NOTHING_YET} or {@link #HOST_ABSENT}. */
    public int read(final byte[] target, final int timeoutMillis) throws KernelException {
        final int happened = Poll.poll(port, Poll.IN, timeoutMillis);
        if ((happened & Poll.IN) == 0) {
            return (happened & (Poll.HANGUP | Poll.ERROR)) != 0 ? HOST_ABSENT : NOTHING_YET;
        }
        final long count = Libc.read(port.fd(), target, target.length);
        if (count > 0) {
            return (int) count;
        }
        if (count == 0) {
            return HOST_ABSENT;
        }
        return nothingOr(KernelException.last("read", port));
    }

    /**
     * Writes all of it, waiting while the host does not read.
     *
     * @param wanted asked again and again while waiting; once false, the rest is not written.
     * @return whether all of it was written.
     */
    public boolean write(final byte[] bytes, final BooleanSupplier wanted) throws KernelException {
        try (Memory copy = new Memory(bytes.length)) {
            copy.write(0, bytes, 0, bytes.length);
            int done = 0;
            while (done < bytes.length && wanted.getAsBoolean()) {
                final int happened = Poll.poll(port, Poll.OUT, POLL_MILLIS);
                if ((happened & (Poll.HANGUP | Poll.ERROR)) != 0) {
                    return false;
                }
                if ((happened & Poll.OUT) != 0) {
                    done += writeSome(copy, done, bytes.length - done);
                }
            }
            return done == bytes.length;
        }
    }

    private int writeSome(final Memory bytes, final int from, final int count) throws KernelException {
        final long written = Libc.write(port.fd(), bytes.share(from), Math.min(count, WRITE_BYTES));
        return written >= 0 ? (int) written : nothingOr(KernelException.last("write", port));
    }

    private static int nothingOr(final KernelException failure) throws KernelException {
        if (failure.is(KernelException.EAGAIN, KernelException.EINTR)) {
            return NOTHING_YET;
        }
        throw failure;
    }

    private static boolean isSocket(final Path path) throws KernelException {
        try (Descriptor found = Descriptor.lookUp(path)) {
            return found.stat().isSocket();
        }
    }

    private static Descriptor connect(final Path path) throws KernelException {
        final int fd = Libc.socket(AF_UNIX, SOCK_STREAM | Descriptor.O_CLOEXEC, 0);
        if (fd < 0) {
            throw KernelException.last("socket", path);
        }
        final byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        final byte[] address = Arrays.copyOf(
                ByteBuffer.allocate(2 + name.length).order(java.nio.ByteOrder.nativeOrder())
                        .putShort((short) AF_UNIX).put(name).array(), SOCKADDR_BYTES);
        if (Libc.connect(fd, address, address.length) < 0) {
            final KernelException failure = KernelException.last("connect", path);
            Libc.close(fd);
            throw failure;
        }
        Libc.fcntl(fd, 4, Descriptor.O_RDWR | Descriptor.O_NONBLOCK);   // F_SETFL
        return new Descriptor(fd);
    }

    @Override
    public void close() {
        port.close();
    }
}
