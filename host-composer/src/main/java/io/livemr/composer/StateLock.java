package io.livemr.composer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** One composer per state folder. The kernel gives the lock back when the process ends, however it ends. */
final class StateLock implements AutoCloseable {

    private final FileChannel channel;

    private StateLock(final FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the folder, for root alone, where it is missing. */
    static StateLock take(final Path state) throws IOException {
        if (!Files.exists(state)) {
            Files.createDirectories(state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        final FileChannel channel = FileChannel.open(state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        final FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new IOException("another composer uses the state folder state=" + state + "; stop it, or give --state another folder");
        }
        return new StateLock(channel);
    }

    private static FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
