package io.livemr.extent.qcow2;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * One file of the host, open for reading, and which file that is. Reads are positional; safe to share between threads.
 *
 * <p>{@code path} is a real path: no symbolic link in it when the file was opened. {@code identity} is device and
 * inode, which tell whether the name still means this file.
 */
record ImageFile(FileChannel channel, Path path, Object identity) implements Closeable {

    private static final int FILE_TYPE = 0170000;
    private static final int REGULAR_FILE = 0100000;
    private static final int BLOCK_DEVICE = 0060000;

    static ImageFile open(final Path realPath) throws IOException {
        final Object identity = Objects.requireNonNull(attributes(realPath).fileKey(), "no device and inode");
        // Opening a fifo would wait for a writer, opening some devices has effects: look first.
        final int type = (Integer) Files.getAttribute(realPath, "unix:mode", LinkOption.NOFOLLOW_LINKS) & FILE_TYPE;
        if (type != REGULAR_FILE && type != BLOCK_DEVICE) {
            throw new ImageRefusedException(realPath, "neither a regular file nor a block device");
        }
        final FileChannel channel =
                FileChannel.open(realPath, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        final ImageFile file = new ImageFile(channel, realPath, identity);
        if (!realPath.toRealPath().equals(realPath) || !identity.equals(attributes(realPath).fileKey())) {
            channel.close();
            throw new ImageRefusedException(realPath, "replaced by another file while it was opened");
        }
        return file;
    }

    /**
     * A fact to look at again: false if the file is shorter than it was. For a regular file one system call.
     *
     * @throws ImageChangedException if the path is no longer this file's; an image that was replaced does not come back.
     */
    boolean requireAtItsPath(final long leastBytes) throws IOException {
        final BasicFileAttributes now = atItsPath();
        return leastBytes <= (now.isRegularFile() ? now.size() : sizeBytes());
    }

    private BasicFileAttributes atItsPath() throws ImageChangedException {
        try {
            final BasicFileAttributes now = attributes(path);
            if (identity.equals(now.fileKey())) {
                return now;
            }
        } catch (final IOException gone) {
            throw new ImageChangedException(path, "removed: " + gone);
        }
        throw new ImageChangedException(path, "replaced by another file");
    }

    private static BasicFileAttributes attributes(final Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    long sizeBytes() throws IOException {
        return channel.size();
    }

    /** Reads exactly so many bytes, big-endian. */
    ByteBuffer read(final String what, final long offsetBytes, final int lengthBytes) throws IOException {
        final ByteBuffer bytes = readUpTo(offsetBytes, lengthBytes);
        if (bytes.remaining() < lengthBytes) {
            throw new CorruptImageException(path, what + " ends past the end of the file: offsetBytes=" + offsetBytes
                    + " lengthBytes=" + lengthBytes + " fileBytes=" + sizeBytes());
        }
        return bytes;
    }

    /** Reads so many bytes, or fewer if the file ends before. */
    ByteBuffer readUpTo(final long offsetBytes, final int lengthBytes) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(lengthBytes);
        while (bytes.hasRemaining() && channel.read(bytes, offsetBytes + bytes.position()) > 0) {
            continue;
        }
        return bytes.flip();
    }

    /** Refuses a range that is not on a disk of this size; compares by subtraction. */
    void requireInside(final long offsetBytes, final long lengthBytes, final long virtualSizeBytes)
            throws EOFException {
        if (offsetBytes < 0 || lengthBytes < 0 || lengthBytes > virtualSizeBytes
                || offsetBytes > virtualSizeBytes - lengthBytes) {
            throw new EOFException("image=" + path + ": range past the end of the disk: offsetBytes=" + offsetBytes
                    + " lengthBytes=" + lengthBytes + " virtualSizeBytes=" + virtualSizeBytes);
        }
    }

    HostRange range(final long offsetBytes, final long lengthBytes) {
        return new HostRange(channel, path, offsetBytes, lengthBytes);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
