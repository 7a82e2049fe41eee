package io.livemr.control.support;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Debian's Keystone on loopback with a database of its own in a folder: user admin of project admin, and a catalogue that has Keystone alone. */
public final class KeystoneServer implements AutoCloseable {

    public static final String PASSWORD = "secret of the cloud";

    private static final Path PROGRAM = Path.of("/usr/bin/keystone-wsgi-public");

    private final Path folder;
    private final Path conf;
    private final int port;
    private final Process process;

    /** Skips the test where Keystone is not installed. */
    public KeystoneServer(final Path folder) throws Exception {
        assumeTrue(Files.exists(PROGRAM), "skipped: Keystone is not installed; scripts/install-debian-packages.sh");
        this.folder = folder;
        this.port = freePort();
        this.conf = Files.writeString(folder.resolve("keystone.conf"), String.join("\n", "[DEFAULT]", "log_file = " + folder.resolve("keystone.log"),
            "[database]", "connection = sqlite:///" + folder.resolve("keystone.db"), "[token]", "provider = fernet",
            "[fernet_tokens]", "key_repository = " + folder.resolve("fernet"), "[credential]", "key_repository = " + folder.resolve("credential"), ""));
        manage("db_sync");
        manage("fernet_setup", "--keystone-user", user(), "--keystone-group", user());
        manage("credential_setup", "--keystone-user", user(), "--keystone-group", user());
        manage("bootstrap", "--bootstrap-password", PASSWORD, "--bootstrap-admin-url", authUrl(), "--bootstrap-public-url", authUrl(),
            "--bootstrap-internal-url", authUrl(), "--bootstrap-region-id", "RegionOne");
        this.process = start(PROGRAM.toString(), "--host", "127.0.0.1", "--port", Integer.toString(port), "--", "--config-file", conf.toString());
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> URI.create(authUrl()).toURL().openStream().readAllBytes().length > 0);
    }

    public String authUrl() {
        return "http://127.0.0.1:" + port + "/v3";
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private void manage(final String... args) throws Exception {
        final List<String> command = new ArrayList<>(List.of("keystone-manage", "--config-file", conf.toString()));
        command.addAll(List.of(args));
        if (start(command.toArray(String[]::new)).waitFor() != 0) {
            throw new IllegalStateException(args[0] + ": " + Files.readString(folder.resolve("output.log")));
        }
    }

    private Process start(final String... command) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output.log").toFile()));
        builder.environment().put("OS_KEYSTONE_CONFIG_FILES", conf.toString());
        return builder.start();
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
