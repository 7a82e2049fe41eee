package io.livemr.composer.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.nio.file.ExtendedOpenOption;
import io.livemr.composer.file.ReadRefusedException.Errno;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Nothing a reader does may leave bytes where they can be had again without asking. */
class PageCacheIT extends MountedTest {

    private static final int PROT_READ = 1;
    private static final int MAP_PRIVATE = 2;

    /** What the JDK does not offer: a private mapping without the right to write, and a write that meets a bad page with an errno. */
    private static final class C {

        static {
            Native.register(C.class, "c");
        }

        static native int open(String path, int flags, int mode) throws LastErrorException;

        static native int close(int descriptor);

        static native long mmap(long address, NativeLong lengthBytes, int protection, int flags, int descriptor, NativeLong offset)
            throws LastErrorException;

        static native int munmap(long address, NativeLong lengthBytes);

        static native long write(int descriptor, long address, NativeLong lengthBytes) throws LastErrorException;
    }

    @Test
    void shouldSendfileToASocketWhenOpenedDirect() throws Exception {
        final MemoryFile file = files.add(3_000_001);

        assertThat(send(path(file), ExtendedOpenOption.DIRECT)).isEqualTo(file.bytes());
        assertThat(send(view(1_234, file), ExtendedOpenOption.DIRECT)).isEqualTo(Arrays.copyOfRange(file.bytes(), 1_234, 3_000_001));
    }

    /** On kernels that splice FOPEN_DIRECT_IO files through the page cache it is refused, on others right; never half. */
    @Test
    void shouldSendRightBytesOrNoneWhenOpenedPlain() throws Exception {
        final MemoryFile file = files.add(3_000_001);

        try {
            assertThat(send(path(file))).isEqualTo(file.bytes());
        } catch (final IOException e) {
            assertThat(e).hasMessage("Input/output error");
        }
    }

    @Test
    void shouldNotSendAnythingAfterARevoke() throws Exception {
        final MemoryFile file = files.add(100_000);

        try (FileChannel plain = FileChannel.open(path(file)); FileChannel direct = open(path(file), ExtendedOpenOption.DIRECT)) {
            assertThat(sendAll(direct)).isEqualTo(file.bytes());
            ignoreFailure(plain);
            file.refuse(Errno.EACCES);

            assertThatThrownBy(() -> sendAll(direct)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sendAll(plain)).isInstanceOf(IOException.class);
        }
    }

    private static void ignoreFailure(final FileChannel channel) throws Exception {
        try {
            sendAll(channel);
        } catch (final IOException e) {
            assertThat(e).hasMessage("Input/output error");
        }
    }

    @Test
    void shouldRefuseASharedMapping() throws IOException {
        try (FileChannel channel = FileChannel.open(path(files.add(10_000)))) {
            assertThatThrownBy(() -> channel.map(FileChannel.MapMode.READ_ONLY, 0, 10_000))
                .isInstanceOf(IOException.class).hasMessageContaining("No such device");
        }
    }

    @Test
    void shouldShowNothingThroughAPrivateMapping() {
        final MemoryFile file = files.add(8_192);
        final int in = C.open(path(file).toString(), 0, 0);
        final int out = C.open(folder.resolve("copy").toString(), 0_102, 0600);
        final long address = C.mmap(0, new NativeLong(8_192), PROT_READ, MAP_PRIVATE, in, new NativeLong(0));
        try {
            assertThatThrownBy(() -> C.write(out, address, new NativeLong(8_192))).hasMessageContaining("Bad address");
        } finally {
            C.munmap(address, new NativeLong(8_192));
            C.close(out);
            C.close(in);
        }
        assertThat(folder.resolve("copy")).isEmptyFile();
    }

    private static FileChannel open(final Path path, final OpenOption... options) throws IOException {
        final var all = new HashSet<OpenOption>(Arrays.asList(options));
        all.add(StandardOpenOption.READ);
        return FileChannel.open(path, all);
    }

    private static byte[] send(final Path path, final OpenOption... options) throws Exception {
        try (FileChannel channel = open(path, options)) {
            return sendAll(channel);
        }
    }

    /** Through sendfile(2) to a socket; what arrives at its other end. */
    private static byte[] sendAll(final FileChannel from) throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel to = SocketChannel.open(server.getLocalAddress());
            SocketChannel peer = server.accept()) {
            final CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> readAll(peer));
            for (long sent = 0; sent < from.size();) {
                sent += from.transferTo(sent, from.size() - sent, to);
            }
            to.shutdownOutput();
            return received.get();
        }
    }

    private static byte[] readAll(final SocketChannel channel) {
        try {
            final ByteArrayOutputStream all = new ByteArrayOutputStream();
            Channels.newInputStream(channel).transferTo(all);
            return all.toByteArray();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
