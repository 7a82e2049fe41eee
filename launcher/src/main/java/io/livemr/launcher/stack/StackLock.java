package io.livemr.launcher.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One stack a state folder: the kernel lets go of the lock when its holder ends, in whatever way. */
final class StackLock {
    private final FileChannel channel;

    private StackLock(final FileChannel channel) {
        this.channel = channel;
    }

    static StackLock take(final Path file) throws IOException {
        Files.createDirectories(file.getParent());
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new IllegalStateException("a stack runs in " + file.getParent() + " already; stop it, or use another --state");
        }
        return new StackLock(channel);
    }

    private static boolean locked(final FileChannel channel) throws IOException {
        try {
            final FileLock lock = channel.tryLock();
            return lock != null;
        } catch (final OverlappingFileLockException e) {
            return false;       // another stack of this very JVM
        }
    }

    void release() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new IllegalStateException("lock cannot be released", e);
        }
    }
}
