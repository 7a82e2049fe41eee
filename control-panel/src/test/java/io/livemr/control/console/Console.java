package io.livemr.control.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.livemr.control.support.RunningPanel;
import io.livemr.control.support.TestHadoop;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** One panel and one browser for all classes that look at the console; they end after the last. What goes wrong inside a page fails its test. */
final class Console implements BeforeAllCallback, AfterEachCallback {

    /** Of each account: {@code analyst}, {@code viewer} and {@code changer}, a viewer whose password is changed, of project web. */
    static final String PASSWORD = "correct horse battery staple";

    private Shared shared;

    Browser browser() {
        return shared.browser;
    }

    RunningPanel running() {
        return shared.running;
    }

    @Override
    public void beforeAll(final ExtensionContext context) {
        TestHadoop.requireIt();
        assumeTrue(Files.isExecutable(Browser.DRIVER), "skipped: " + Browser.DRIVER + " is not there; scripts/install-debian-packages.sh --tests");
        shared = context.getRoot().getStore(Namespace.GLOBAL).getOrComputeIfAbsent(Shared.class, type -> new Shared(), Shared.class);
    }

    @Override
    public void afterEach(final ExtensionContext context) {
        assertThat(shared.browser.mistakes()).isEmpty();
    }

    /** Lives as long as the tests' JVM runs tests. */
    private static final class Shared implements CloseableResource {

        private final RunningPanel running = new RunningPanel();
        private final Browser browser;

        Shared() {
            try {
                running.beforeAll(null);
                running.panel().guestFile("vm1", "/data/app.log", "one two\n");
                change("PUT", "/api/v1/projects/web", "{'vms': ['vm1', 'vm2']}");
                change("POST", "/api/v1/accounts", account("analyst", "ANALYST"));
                change("POST", "/api/v1/accounts", account("viewer", "VIEWER"));
                change("POST", "/api/v1/accounts", account("changer", "VIEWER"));
                browser = new Browser(running.panel(), Path.of("target/screenshots"));
            } catch (final Exception e) {
                throw new IllegalStateException("the panel or the browser did not start", e);
            }
        }

        private static String account(final String name, final String role) {
            return String.format("{'name': '%s', 'project': 'web', 'role': '%s', 'password': '%s'}", name, role, PASSWORD);
        }

        private void change(final String method, final String path, final String json) throws IOException {
            final HttpResponse<String> answer = running.panel().send(running.panel().request(path).header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json.replace('\'', '"'))));
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        }

        @Override
        public void close() throws Exception {
            browser.close();
            running.afterAll(null);
        }
    }
}
