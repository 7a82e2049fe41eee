package io.livemr.control.support;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Debian's Keystone on loopback with a database of its own in a folder: user admin of project admin, and a catalogue that has Keystone alone. */
final class KeystoneServer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/keystone-wsgi-public");

    private final ProgramFolder folder;
    private final Path conf;
    private final int port = ProgramFolder.freePort();
    private final Process process;

    KeystoneServer(final Path path, final String password) throws IOException {
        this.conf = path.resolve("keystone.conf");
        this.folder = ProgramFolder.of(path, "OS_KEYSTONE_CONFIG_FILES", conf.toString());
        folder.write("keystone.conf", "[DEFAULT]", "log_file = " + path.resolve("keystone.log"), "[database]",
            "connection = sqlite:///" + path.resolve("keystone.db"), "[fernet_tokens]", "key_repository = " + path.resolve("fernet"));
        final Process keys = manage("fernet_setup", "--keystone-user", user(), "--keystone-group", user());
        folder.requireSuccess(manage("db_sync"));
        folder.requireSuccess(keys);
        folder.requireSuccess(manage("bootstrap", "--bootstrap-password", password, "--bootstrap-admin-url", authUrl(), "--bootstrap-public-url",
            authUrl(), "--bootstrap-internal-url", authUrl(), "--bootstrap-region-id", "RegionOne"));
        this.process = folder.start(PROGRAM.toString(), "--host", "127.0.0.1", "--port", Integer.toString(port));
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> URI.create(authUrl()).toURL().openStream().readAllBytes().length > 0);
    }

    static void requireInstalled() {
        assumeTrue(Files.exists(PROGRAM), "skipped: Keystone is not installed; scripts/install-debian-packages.sh --tests");
    }

    String authUrl() {
        return "http://127.0.0.1:" + port + "/v3";
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private Process manage(final String... args) throws IOException {
        final List<String> command = new ArrayList<>(List.of("/usr/bin/keystone-manage", "--config-file", conf.toString()));
        command.addAll(List.of(args));
        return folder.start(command.toArray(String[]::new));
    }

    private static String user() {
        return System.getProperty("user.name");
    }
}
