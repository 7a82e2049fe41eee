package io.livemr.bench.overhead;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Runs in the guest: appends blocks of 4 KiB to files, a thread each, and prints how many a second.
 *
 * <pre>  java AppendLoad direct|buffered APPENDS FILE…   </pre>
 *
 * Direct appends are on the disk when they return; buffered ones when the one {@code fsync} after the last has, which is counted.
 */
public final class AppendLoad implements Runnable {
    private static final int BLOCK_BYTES = 4096;

    private final boolean direct;
    private final int appends;
    private final Path file;

    private AppendLoad(final boolean direct, final int appends, final Path file) {
        this.direct = direct;
        this.appends = appends;
        this.file = file;
    }

    public static void main(final String[] args) throws InterruptedException {
        final int files = args.length - 2;
        final int each = Integer.parseInt(args[1]) / files;
        final Thread[] threads = new Thread[files];
        for (int i = 0; i < files; i++) {
            threads[i] = new Thread(new AppendLoad(args[0].equals("direct"), each, Path.of(args[2 + i])));
        }
        final long start = System.nanoTime();
        for (final Thread thread : threads) {
            thread.start();
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        System.out.println(each * files * 1e9 / (System.nanoTime() - start));
    }

    @Override
    public void run() {
        final ByteBuffer block = ByteBuffer.allocateDirect(2 * BLOCK_BYTES).alignedSlice(BLOCK_BYTES).limit(BLOCK_BYTES);
        try (FileChannel channel = direct
                ? FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT)
                : FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.position(channel.size());
            for (int i = 0; i < appends; i++) {
                block.rewind();
                channel.write(block);
            }
            if (!direct) {
                channel.force(false);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
