package io.livemr.lab.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs something while no other thread and no other process of this machine does the same under the same file.
 * A file lock excludes processes, the lock in memory excludes this one's threads: Java's file locks do not.
 */
public final class HostLock {
    private static final ReentrantLock THREADS = new ReentrantLock();

    private HostLock() { }

    public static void during(final Path file, final Runnable action) {
        THREADS.lock();
        try {
            underFileLock(file, action);
        } finally {
            THREADS.unlock();
        }
    }

    private static void underFileLock(final Path file, final Runnable action) {
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                action.run();
            }
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(file, e);
        }
    }
}
