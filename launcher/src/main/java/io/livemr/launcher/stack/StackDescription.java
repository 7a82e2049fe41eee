package io.livemr.launcher.stack;

import io.livemr.launcher.client.ComposerClient;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.client.WebHdfsClient;
import io.livemr.launcher.process.ProcessIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a running stack can be reached; {@code RUN/stack.json}, there while the stack serves.
 *
 * @param supervisor the launcher that runs it, as {@link ProcessIdentity} writes it.
 * @param panelUrl   null if it runs without a panel.
 */
public record StackDescription(String supervisor, String run, String composerUrl, String panelUrl, String nameNodeUrl,
        String fileSystem, String hadoopConf) {

    /** The stack of a state folder, for a command that did not start it. */
    public static StackDescription find(final Path run) {
        final Path file = new Layout(run.toAbsolutePath().normalize()).description();
        try {
            final StackDescription found = JsonHttp.JSON.readValue(file.toFile(), StackDescription.class);
            if (ProcessIdentity.parse(found.supervisor()).filter(ProcessIdentity::isAlive).isPresent()) {
                return found;
            }
        } catch (final java.io.FileNotFoundException | NoSuchFileException e) {
            throw new NoStackException(run, e);
        } catch (final IOException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
        }
        throw new NoStackException(run, null);
    }

    void writeTo(final Path file) throws IOException {
        final Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, JsonHttp.JSON.writeValueAsString(this) + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    public Layout layout() {
        return new Layout(Path.of(run));
    }

    public ComposerClient composer() {
        return new ComposerClient(URI.create(composerUrl), layout().composerToken());
    }

    public PanelClient panel() {
        if (panelUrl == null) {
            throw new IllegalStateException("the stack in " + run + " runs without a control panel");
        }
        return new PanelClient(URI.create(panelUrl), layout().panel());
    }

    public WebHdfsClient webHdfs() {
        return new WebHdfsClient(URI.create(nameNodeUrl));
    }
}
