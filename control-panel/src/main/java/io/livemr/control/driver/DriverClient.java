package io.livemr.control.driver;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Has a driver run as a user of its own, and is to its guard what the driver would be: {@code DriverClient SOCKET JAR SITE COMMAND…}.
 * Its output and exit code are the driver's; its environment becomes the driver's. When it is told to end, it has the driver end first.
 */
public final class DriverClient {

    private static final int NOT_STARTED = 127;
    private static final int LOST = 137;

    private final SocketChannel service;
    private final CountDownLatch over = new CountDownLatch(1);

    DriverClient(final SocketChannel service) {
        this.service = service;
    }

    public static void main(final String[] args) {
        System.exit(run(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), Arrays.asList(args).subList(3, args.length)));
    }

    private static int run(final Path socket, final Path jar, final Path site, final List<String> command) {
        try (SocketChannel service = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            final DriverClient client = new DriverClient(service);
            Runtime.getRuntime().addShutdownHook(new Thread(client::endDriver, "end-driver"));
            return client.run(jar, site, command, System.getenv(), System.out);
        } catch (final IOException e) {
            System.out.println("[livemr: no driver can be started: socket=" + socket + ": " + e.getMessage()
                + "; systemctl status livemr-driver.socket]");
            return NOT_STARTED;
        }
    }

    int run(final Path jar, final Path site, final List<String> command, final Map<String, String> environment, final OutputStream to) throws IOException {
        try {
            final DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(service)));
            new DriverRequest(command, environment).send(out);
            DriverRequest.sendFile(out, jar);
            DriverRequest.sendFile(out, site);
            out.flush();
            return receive(to);
        } finally {
            over.countDown();
        }
    }

    private int receive(final OutputStream to) {
        try {
            return DriverOutput.receive(new DataInputStream(Channels.newInputStream(service)), to);
        } catch (final IOException e) {
            System.out.println("[livemr: the driver's service is gone: " + e + "; it was stopped, or had no memory left: journalctl --unit='livemr-driver@*']");
            return LOST;
        }
    }

    /** The service sees the end of this direction and goes; systemd ends what is left of the driver, and then the other direction ends. */
    void endDriver() {
        try {
            service.shutdownOutput();
            over.await();
        } catch (final IOException e) {
            return;     // it is over already
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
