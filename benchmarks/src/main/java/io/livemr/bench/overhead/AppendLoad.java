package io.livemr.bench.overhead;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs in the guest: appends blocks of 4 KiB to files, a thread each, and prints how many a second.
 *
 * <pre>  java AppendLoad direct|buffered APPENDS FILE…   </pre>
 *
 * Direct appends are on the disk when they return; buffered ones when the one {@code fsync} after the last has, which is counted. A quarter as many go
 * before, uncounted: until then the JVM interprets.
 */
public final class AppendLoad implements Runnable {
    private static final int BLOCK_BYTES = 4096;

    private static final int WARM_UP_PART = 4;

    private final boolean direct;
    private final int appends;
    private final Path file;
    private final CyclicBarrier warm;

    private AppendLoad(final boolean direct, final int appends, final Path file, final CyclicBarrier warm) {
        this.direct = direct;
        this.appends = appends;
        this.file = file;
        this.warm = warm;
    }

    public static void main(final String[] args) throws InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);   // the others wait for this one
        });
        final int files = args.length - 2;
        final int each = Integer.parseInt(args[1]) / files;
        final AtomicLong startNanos = new AtomicLong();
        final CyclicBarrier warm = new CyclicBarrier(files, () -> startNanos.set(System.nanoTime()));
        final Thread[] threads = new Thread[files];
        for (int i = 0; i < files; i++) {
            threads[i] = new Thread(new AppendLoad(args[0].equals("direct"), each, Path.of(args[2 + i]), warm));
        }
        for (final Thread thread : threads) {
            thread.start();
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        System.out.println(each * files * 1e9 / (System.nanoTime() - startNanos.get()));
    }

    @Override
    public void run() {
        try (FileChannel channel = direct
                ? FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT)
                : FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.position(channel.size());
            append(channel, appends / WARM_UP_PART);
            warm.await();
            append(channel, appends);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private void append(final FileChannel channel, final int count) throws IOException {
        final ByteBuffer block = ByteBuffer.allocateDirect(2 * BLOCK_BYTES).alignedSlice(BLOCK_BYTES).limit(BLOCK_BYTES);
        for (int i = 0; i < count; i++) {
            channel.write(block.rewind());
        }
        if (!direct) {
            channel.force(false);
        }
    }
}
