package io.livemr.control.support;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * Debian's Nova API on loopback, with databases of its own in a folder. There is no hypervisor: {@code nova_cell.py}
 * writes servers as nova-compute would leave them.
 */
final class NovaServer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/nova-api-wsgi");

    private final ObjectMapper json = new ObjectMapper();
    private final ProgramFolder folder;
    private final int port = ProgramFolder.freePort();
    private final Process cell;
    private Process api;

    /** Begins to make the databases. */
    NovaServer(final Path path) throws Exception {
        this.folder = ProgramFolder.of(path, "OS_NOVA_CONFIG_FILES", "/usr/share/nova-common/api-paste.ini;" + path.resolve("nova.conf"));
        final String conf = folder.write("cell.conf", databases()).toString();
        this.cell = folder.talkTo("/usr/bin/python3", Path.of(NovaServer.class.getResource("/openstack/nova_cell.py").toURI()).toString(), conf);
    }

    static void requireInstalled() {
        assumeTrue(Files.exists(PROGRAM), "skipped: Nova is not installed; scripts/install-debian-packages.sh --tests");
    }

    /**
     * @param password   of user nova of project service, which asks Keystone whose a token is.
     * @param neutronUrl of who is asked for the security groups of each server.
     */
    void start(final String authUrl, final String password, final String neutronUrl) throws IOException {
        answer();
        folder.write("nova.conf", databases(), "[api]", "max_limit = " + RealOpenStack.LONGEST_PAGE, "[neutron]", "endpoint_override = " + neutronUrl,
            "[keystone_authtoken]", "auth_type = password", "auth_url = " + authUrl, "www_authenticate_uri = " + authUrl, "username = nova",
            "user_domain_name = Default", "password = " + password, "project_name = service", "project_domain_name = Default",
            "token_cache_time = -1");
        api = folder.start(PROGRAM.toString(), "--host", "127.0.0.1", "--port", Integer.toString(port));
        await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(() -> URI.create(url()).toURL().openStream().readAllBytes().length > 0);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** @param host where it runs; null for none. */
    RealOpenStack.Machine boot(final String project, final String name, final String host) throws IOException {
        return json.treeToValue(call("boot", project, name, host), RealOpenStack.Machine.class);
    }

    void delete(final String id) throws IOException {
        call("delete", id);
    }

    @Override
    public void close() {
        for (final Process process : Arrays.asList(cell, api)) {
            if (process != null) {
                process.destroy();
                process.onExit().join();
            }
        }
    }

    private synchronized JsonNode call(final String name, final String... words) throws IOException {
        final Writer calls = cell.outputWriter(StandardCharsets.UTF_8);
        calls.write(json.writeValueAsString(Map.of(name, words)) + "\n");
        calls.flush();
        return answer();
    }

    private JsonNode answer() throws IOException {
        final BufferedReader answers = cell.inputReader(StandardCharsets.UTF_8);
        final String line = answers.readLine();
        if (line == null) {
            throw new IllegalStateException("nova_cell.py: " + Files.readString(folder.path().resolve("output.log")));
        }
        return json.readTree(line);
    }

    private String databases() {
        final Path path = folder.path();
        return String.join("\n", "[DEFAULT]", "state_path = " + path, "log_file = " + path.resolve("nova.log"), "transport_url = fake:/",
            "[database]", "connection = sqlite:///" + path.resolve("nova.db"), "[api_database]", "connection = sqlite:///" + path.resolve("api.db"),
            "[oslo_concurrency]", "lock_path = " + path);
    }
}
