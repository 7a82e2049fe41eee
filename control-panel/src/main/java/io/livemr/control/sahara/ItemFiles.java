package io.livemr.control.sahara;

import io.livemr.control.jar.Sha256;
import io.livemr.control.settings.PanelSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Uploaded files, in {@code STATE/binaries} under names of the panel's making. A file is there before its item and goes after it; what no item knows is removed at the start. */
@Component
class ItemFiles {

    private static final String SHA256 = "sha256";

    private final Items items;
    private final Path folder;

    ItemFiles(final Items items, final ItemStore store, final PanelSettings settings) throws IOException {
        this.items = items;
        this.folder = Files.createDirectories(settings.state().resolve("binaries"));
        // Before the server listens: no upload can be under way.
        removeUnknown(store);
    }

    /** @param lengthBytes of the upload, within the limit of a jar. */
    Item take(final String name, final InputStream upload, final long lengthBytes) throws IOException {
        items.requireRoom(lengthBytes);
        final String id = UUID.randomUUID().toString();
        boolean taken = false;
        try (OutputStream kept = Files.newOutputStream(path(id), StandardOpenOption.CREATE_NEW)) {
            final Map<String, Object> details = Map.of(SHA256, Sha256.copy(upload, kept));
            final Item item = items.create(id, ItemKind.FILE, name, details, lengthBytes, List.of());
            taken = true;
            return item;
        } finally {
            if (!taken) {
                Files.deleteIfExists(path(id));
            }
        }
    }

    void delete(final Item item) throws IOException {
        items.delete(item);
        if (item.kind() == ItemKind.FILE) {
            Files.deleteIfExists(path(item.id()));
        }
    }

    Path path(final String id) {
        return folder.resolve(id);
    }

    static String sha256(final Item file) {
        return file.text(SHA256);
    }

    private void removeUnknown(final ItemStore store) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            for (final Path file : found.filter(one -> store.find(ItemKind.FILE, one.getFileName().toString()).isEmpty()).toList()) {
                Files.delete(file);
            }
        }
    }
}
