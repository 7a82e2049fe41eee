package io.livemr.launcher.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import io.livemr.launcher.client.JsonHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Loopback ports of one host's processes: free ones are chosen at the first start and kept in a file, so that addresses
 * stay the same from one start to the next.
 */
final class Ports {
    static final List<String> NAMES =
        List.of("composer", "panel", "namenode", "namenode-http", "datanode", "datanode-http", "datanode-ipc");

    private final Map<String, Integer> byName;

    private Ports(final Map<String, Integer> byName) {
        this.byName = byName;
    }

    static Ports keptIn(final Path file) throws IOException {
        final Map<String, Integer> ports = Files.exists(file) ? read(file) : new TreeMap<>();
        if (!ports.keySet().containsAll(NAMES)) {
            choose(ports);
            Files.createDirectories(file.getParent());
            Files.writeString(file, JsonHttp.JSON.writeValueAsString(ports) + "\n");
        }
        return new Ports(ports);
    }

    private static Map<String, Integer> read(final Path file) throws IOException {
        return JsonHttp.JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, Integer>>() { });
    }

    /** All sockets stay open until the last port is chosen, else the kernel might give one twice. */
    private static void choose(final Map<String, Integer> ports) throws IOException {
        final List<ServerSocket> open = new ArrayList<>();
        try {
            for (final String name : NAMES) {
                final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                open.add(socket);
                ports.putIfAbsent(name, socket.getLocalPort());
            }
        } finally {
            for (final ServerSocket socket : open) {
                socket.close();
            }
        }
    }

    /** Fails by name if a stranger listens on one of them. */
    void requireFree(final Path file) {
        byName.forEach((name, port) -> {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                socket.getLocalPort();
            } catch (final IOException e) {
                throw new IllegalStateException("port=" + port + " of " + name + " is taken by another program; stop that one"
                    + " (ss -ltnp), or remove " + file + " to have new ports chosen", e);
            }
        });
    }

    int of(final String name) {
        return byName.get(name);
    }

    String address(final String name) {
        return "127.0.0.1:" + of(name);
    }

    URI url(final String name) {
        return URI.create("http://" + address(name));
    }
}
