package io.livemr.control.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends over a real socket; what systemd adds is shown by PackagesIT. */
class DriverHostTest {

    @TempDir
    private Path folder;
    private ServerSocketChannel socket;
    private final CountDownLatch alone = new CountDownLatch(1);

    @BeforeEach
    void listen() throws IOException {
        Files.writeString(folder.resolve("uploaded"), "jar of the job");
        Files.writeString(folder.resolve("written"), "<configuration/>");
        socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    @Test
    void shouldGiveOutputAndExitCodeOfTheCommand() throws Exception {
        final ByteArrayOutputStream said = new ByteArrayOutputStream();

        final int code = run(said, "sh", "-c", "echo $WORD; echo aside >&2; pwd; exit 7");

        assertThat(code).isEqualTo(7);
        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("word of the panel\naside\n" + folder.resolve("host/work") + "\n");
    }

    @Test
    void shouldHaveJarAndConfigurationThereBeforeTheCommand() throws Exception {
        final ByteArrayOutputStream said = new ByteArrayOutputStream();

        run(said, "cat", "../job.jar", "../conf/mapred-site.xml");

        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("jar of the job<configuration/>");
    }

    @Test
    void shouldGiveOutputThatIsLongerThanOnePiece() throws Exception {
        final ByteArrayOutputStream said = new ByteArrayOutputStream();

        assertThat(run(said, "head", "--bytes=1000000", "/dev/zero")).isZero();

        assertThat(said.size()).isEqualTo(1_000_000);
    }

    @Test
    void shouldSayWhyACommandCannotStart() throws Exception {
        final ByteArrayOutputStream said = new ByteArrayOutputStream();

        assertThat(run(said, "/no/such/program")).isEqualTo(127);

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("/no/such/program");
    }

    @Test
    void shouldBeAloneWhenTheOtherEndIsTold() throws Exception {
        final SocketChannel service = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("socket")));
        final DriverClient client = new DriverClient(service);
        host();
        final CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> runQuietly(client, "sh", "-c", "touch ../began; exec sleep 3"));
        await().until(() -> Files.exists(folder.resolve("host/began")));

        client.endDriver();

        assertThat(alone.await(10, TimeUnit.SECONDS)).isTrue();
        code.join();
    }

    @Test
    void shouldTakeASilentEndOfTheServiceAsAKill() throws Exception {
        try (SocketChannel service = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("socket")))) {
            final SocketChannel accepted = socket.accept();
            accepted.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 5, 'h'}));
            accepted.shutdownOutput();

            assertThat(runQuietly(new DriverClient(service), "true")).isEqualTo(137);
        }
    }

    /** systemd keeps the connection while anything of the driver runs. */
    @Test
    void shouldTellTheExitCodeOnlyWhenTheServiceIsGone() throws Exception {
        try (SocketChannel service = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("socket")))) {
            final SocketChannel accepted = socket.accept();
            accepted.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 0, 0, 0, 7}));
            final CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> runQuietly(new DriverClient(service), "true"));
            assertThatThrownBy(() -> code.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            accepted.shutdownOutput();

            assertThat(code.join()).isEqualTo(7);
        }
    }

    @Test
    void shouldRefuseAPieceThatIsLongerThanAnyIs() {
        final byte[] bomb = {0x7f, -1, -1, -1, 0};

        assertThatThrownBy(() -> DriverOutput.receive(new DataInputStream(new ByteArrayInputStream(bomb)), new ByteArrayOutputStream()))
            .isInstanceOf(IOException.class).hasMessageContaining("length=2147483647");
    }

    private int run(final ByteArrayOutputStream said, final String... command) throws IOException {
        try (SocketChannel service = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("socket")))) {
            host();
            return run(new DriverClient(service), said, command);
        }
    }

    private int run(final DriverClient client, final ByteArrayOutputStream said, final String... command) throws IOException {
        return client.run(folder.resolve("uploaded"), folder.resolve("written"), List.of(command), Map.of("WORD", "word of the panel"), said);
    }

    private int runQuietly(final DriverClient client, final String... command) {
        try {
            return run(client, new ByteArrayOutputStream(), command);
        } catch (final IOException e) {
            return -1;
        }
    }

    private void host() throws IOException {
        final SocketChannel accepted = socket.accept();
        final DriverHost host = new DriverHost(inputOf(accepted), new DataOutputStream(outputOf(accepted)), alone::countDown);
        new Thread(() -> {
            try (accepted) {
                host.run(folder.resolve("host/job.jar"), folder.resolve("host/conf/mapred-site.xml"), folder.resolve("host/work"));
            } catch (final IOException | InterruptedException e) {
                return;     // the other end will tell
            }
        }).start();
    }

    /** Not {@code Channels.newInputStream}: its reader keeps writers waiting. The service itself has two streams of one socket. */
    private static InputStream inputOf(final SocketChannel channel) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                final byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(final byte[] bytes, final int offset, final int length) throws IOException {
                return channel.read(ByteBuffer.wrap(bytes, offset, length));
            }
        };
    }

    private static OutputStream outputOf(final SocketChannel channel) {
        return new OutputStream() {
            @Override
            public void write(final int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(final byte[] bytes, final int offset, final int length) throws IOException {
                for (final ByteBuffer left = ByteBuffer.wrap(bytes, offset, length); left.hasRemaining();) {
                    channel.write(left);
                }
            }
        };
    }
}
