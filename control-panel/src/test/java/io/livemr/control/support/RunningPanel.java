package io.livemr.control.support;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/** A panel and its composer for all tests of a class. */
public final class RunningPanel implements BeforeAllCallback, AfterAllCallback {

    private final Callable<String[]> options;
    private Path root;
    private FakeComposer composer;
    private Panel panel;

    /** @param options as for {@link Panel}. */
    public RunningPanel(final String... options) {
        this(() -> options);
    }

    /** @param options asked for when the first test begins; may skip it. */
    public RunningPanel(final Callable<String[]> options) {
        this.options = options;
    }

    public Path root() {
        return root;
    }

    public FakeComposer composer() {
        return composer;
    }

    public Panel panel() {
        return panel;
    }

    @Override
    public void beforeAll(final ExtensionContext context) throws Exception {
        final String[] words = options.call();
        root = Files.createTempDirectory("panel");
        composer = new FakeComposer();
        panel = new Panel(root, composer, words).start();
    }

    @Override
    public void afterAll(final ExtensionContext context) throws Exception {
        if (panel == null) {
            return;
        }
        panel.close();
        composer.close();
        // Steps outlive the panel by design, so a file may come while the folder goes.
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> FileSystemUtils.deleteRecursively(root) || !Files.exists(root));
    }
}
