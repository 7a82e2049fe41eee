package io.livemr.composer.fsmap;

import com.sun.jna.LastErrorException;
import io.livemr.extent.qcow2.HostRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * One file of the kernel over ranges of one image. This process holds it: once the descriptor is closed, by {@link #withdraw} or by the
 * process's death, whoever has the file open reads {@code EIO}. For one thread at a time.
 */
final class KernelMap {

    private final Path path;
    private final Path image;
    private final int file;
    private final int destination;

    private KernelMap(final Path path, final Path image, final int file, final int destination) {
        this.path = path;
        this.image = image;
        this.file = file;
        this.destination = destination;
    }

    /** @param readerGid group that may read the file, besides root. */
    static KernelMap make(final Path path, final Path image, final int readerGid) throws IOException {
        final int destination = opened(image, () -> SystemCalls.openForReading(image.toString()));
        try {
            final int file = opened(path, () -> SystemCalls.openNew(path.toString()));
            final KernelMap map = new KernelMap(path, image, file, destination);
            map.letRead(readerGid);
            return map;
        } catch (final IOException e) {
            SystemCalls.close(destination);
            throw e;
        }
    }

    interface Opening {
        int descriptor();
    }

    static int opened(final Path path, final Opening opening) throws IOException {
        try {
            return opening.descriptor();
        } catch (final LastErrorException e) {
            throw new IOException("cannot open " + path + ": errno=" + e.getErrorCode(), e);
        }
    }

    private void letRead(final int readerGid) throws IOException {
        try {
            Files.setAttribute(path, "unix:gid", readerGid);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(readerGid == 0 ? "r--------" : "r--r-----"));
        } catch (final IOException e) {
            SystemCalls.close(file);
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** @return false if the file takes no more ranges, or none of that image; nothing was added then. */
    boolean append(final HostRange range) throws IOException {
        if (!range.path().equals(image)) {
            return false;
        }
        try {
            SystemCalls.fsmapcreate(file, destination, range.offsetBytes(), range.lengthBytes());
            return true;
        } catch (final LastErrorException e) {
            if (e.getErrorCode() == SystemCalls.E2BIG || e.getErrorCode() == SystemCalls.ENOSPC) {
                return false;
            }
            throw new IOException("fsmapcreate of " + path + " over " + image + ": errno=" + e.getErrorCode(), e);
        }
    }

    Path path() {
        return path;
    }

    /**
     * Ends all reads with an error before it returns. Not by {@code fsmapdelete}: that makes the file empty, and a reader in the middle
     * would take it for the file's end.
     */
    void withdraw() throws IOException {
        SystemCalls.close(file);
        SystemCalls.close(destination);
        Files.deleteIfExists(path);
    }
}
