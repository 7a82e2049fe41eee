package io.livemr.bench.ingest;

import io.livemr.bench.host.Bed;
import io.livemr.lab.GuestProgram;
import io.livemr.lab.LabVm;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The guest sends the file over its network, by TCP without encryption: the quickest that it can. */
public final class NetworkCopy implements CopyOut {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Bed bed;
    private final LabVm vm;
    private final String path;

    public NetworkCopy(final Bed bed, final LabVm vm, final String path) {
        this.bed = bed;
        this.vm = vm;
        this.path = path;
    }

    @Override
    public String name() {
        return "guest network";
    }

    @Override
    public Optional<String> obstacle() {
        return Optional.empty();
    }

    @Override
    public void prepare() {
        bed.progress().accept("copying over the guest's network");
    }

    @Override
    public void copyTo(final Path target) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) LIMIT.toMillis());
            // As the host is seen in QEMU's user-mode network.
            final var sent = CompletableFuture.runAsync(
                () -> GuestProgram.install(vm, SendFile.class).run(LIMIT, path, "10.0.2.2", Integer.toString(server.getLocalPort())));
            try (Socket socket = server.accept(); InputStream in = socket.getInputStream()) {
                socket.setSoTimeout((int) LIMIT.toMillis());
                Files.copy(in, target);
            }
            sent.join();
        }
    }
}
