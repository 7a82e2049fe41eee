package io.livemr.hdfs.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.function.UnaryOperator;

/**
 * The folder where the composer serves its files (docs/protocol.md, section 5): opens them, and asks why one cannot be
 * read.
 *
 * <p>Files are named by number, directly below the root, and never through a symbolic link (T11). Safe to share between
 * threads.
 */
public final class ComposedMount {

    private final Path root;
    private final UnaryOperator<String> askComposer;

    /** @param askComposer from a file's name to what else is known of it, for error messages. */
    public ComposedMount(Path root, UnaryOperator<String> askComposer) {
        this.root = root;
        this.askComposer = askComposer;
    }

    public Path root() {
        return root;
    }

    /** @throws LinkUnreadableException if it is not there, with the composer's reason. */
    public FileChannel open(long fileId) throws IOException {
        try {
            return FileChannel.open(pathOf(fileId), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(fileId, e);
        }
    }

    public long lengthBytesOf(long fileId) throws IOException {
        final BasicFileAttributes file;
        try {
            file = Files.readAttributes(pathOf(fileId), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(fileId, e);
        }
        if (!file.isRegularFile()) {
            throw unreadable(fileId, new IOException("not a regular file"));
        }
        return file.size();
    }

    /** Wraps what went wrong and adds what the composer says of this file. */
    public LinkUnreadableException unreadable(long fileId, IOException cause) {
        final String why = cause instanceof NoSuchFileException ? "no such file" : cause.getMessage();
        final String attributes = attribute(fileId, "state") + attribute(fileId, "reason");
        final String name = ComposedName.nameOf(fileId);
        return new LinkUnreadableException(name + " cannot be read: " + why
            + (attributes.isEmpty() ? askComposer.apply(name) : attributes) + " mount=" + root, cause);
    }

    private String attribute(long fileId, String name) {
        try {
            final var view = Files.getFileAttributeView(
                pathOf(fileId), UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            final ByteBuffer value = ByteBuffer.allocate(Math.min(1024, view.size("livemr." + name)));
            view.read("livemr." + name, value);
            return " " + name + "=" + StandardCharsets.UTF_8.decode(value.flip());
        } catch (IOException | RuntimeException e) {
            return "";   // no attribute, no file, or a file system without attributes: nothing to add
        }
    }

    private Path pathOf(long fileId) {
        return root.resolve(ComposedName.nameOf(fileId));
    }
}
