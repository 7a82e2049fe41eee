package io.livemr.control.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.control.jobs.Scripted;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/**
 * One panel for all tests about who may do what, with one account of each kind: viewer and analyst of project web, which may name vm1, a
 * stranger, analyst of project other, which may name vm2, and an admin; and with an OpenStack. Ends with the last test.
 */
public final class PeoplePanel implements BeforeAllCallback, ExtensionContext.Store.CloseableResource {

    private static final byte[] JAR = JobJars.of(Scripted.class);
    private static PeoplePanel started;

    private Path root;
    private FakeComposer composer;
    private FakeOpenStack openStack;
    private Panel panel;

    public static Panel panel() {
        return started.panel;
    }

    public static FakeComposer composer() {
        return started.composer;
    }

    public static FakeOpenStack openStack() {
        return started.openStack;
    }

    public static Path root() {
        return started.root;
    }

    @Override
    public void beforeAll(final ExtensionContext context) throws Exception {
        if (started == null) {
            started = this;
            context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put(PeoplePanel.class, this);
            start();
        }
    }

    @Override
    public void close() throws Exception {
        panel.close();
        composer.close();
        openStack.close();
        FileSystemUtils.deleteRecursively(root);
    }

    private void start() throws Exception {
        root = Files.createTempDirectory("people");
        composer = new FakeComposer();
        openStack = new FakeOpenStack();
        final List<String> options = new ArrayList<>(List.of("--livemr.access.body-limit=100KB", "--livemr.access.failed-logins=5"));
        options.addAll(List.of(openStack.options(root)));
        panel = new Panel(root, composer, options.toArray(String[]::new)).start();
        project("web", "vm1");
        project("other", "vm2");
        account("viewer", "web", "VIEWER");
        account("analyst", "web", "ANALYST");
        account("stranger", "other", "ANALYST");
        account("admin", "default", "ADMIN");
    }

    public static void project(final String name, final String... vms) throws IOException {
        final String patterns = vms.length == 0 ? "" : "\"" + String.join("\",\"", vms) + "\"";
        assertThat(panel().send(json(panel().request("/api/v1/projects/" + name), "PUT", "{\"vms\":[" + patterns + "]}")).statusCode()).isEqualTo(200);
    }

    public static void account(final String name, final String project, final String role) throws IOException {
        final HttpResponse<String> made = panel().send(json(panel().request("/api/v1/accounts"), "POST", newAccount(name, project, role)));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    public static String newAccount(final String name, final String project, final String role) {
        return String.format("{\"name\":\"%s\",\"project\":\"%s\",\"role\":\"%s\",\"password\":\"%s\"}", name, project, role, passwordOf(name));
    }

    public static String passwordOf(final String name) {
        return "the password of " + name;
    }

    /** By HTTP Basic; {@code nobody} brings nothing. */
    public static HttpRequest.Builder request(final String who, final String path) throws IOException {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(panel().url() + path));
        return who.equals("nobody") ? request : request.header("Authorization", basic(who, passwordOf(who)));
    }

    public static String basic(final String name, final String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    public static HttpRequest.Builder json(final HttpRequest.Builder request, final String method, final String body) {
        return request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }

    public static HttpResponse<String> get(final String who, final String path) throws IOException {
        return panel().send(request(who, path));
    }

    /** A job whose file's owner does not answer. */
    public static HttpRequest.Builder submission(final HttpRequest.Builder request, final String vm, final Map<String, Object> more) throws IOException {
        final Map<String, Object> job = new HashMap<>(Map.of("mainClass", Scripted.class.getName(),
            "inputs", List.of(Map.of("vm", vm, "path", "/ask"))));
        job.putAll(more);
        return panel().submission(request, JAR, job);
    }
}
