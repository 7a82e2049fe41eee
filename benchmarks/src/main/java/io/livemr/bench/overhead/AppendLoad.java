package io.livemr.bench.overhead;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs in the guest: appends blocks of 4 KiB to the files of two sets, a thread for each file, the sets in turns A B, B A, A B …, and prints for each pair how
 * many it did a second: {@code A B}.
 *
 * <pre>  java AppendLoad direct|buffered APPENDS PAIRS REST-MILLIS FILE-OF-A… FILE-OF-B…   </pre>
 *
 * Direct appends are on the disk when they return; buffered ones when the {@code fsync} has that ends the turn of each file, which is counted. All turns are of
 * one process: under TCG the first minute of a JVM is slower than what is to be measured. The first pairs are not printed. Before each turn is a rest, in which
 * ends what the one before left to do.
 */
public final class AppendLoad implements AutoCloseable {
    private static final int BLOCK_BYTES = 4096;
    private static final int WARM_UP_PAIRS = 4;

    private final boolean direct;
    private final List<FileChannel> files = new ArrayList<>();
    private final ExecutorService threads;
    private final int appendsEach;
    private final long restMillis;

    private AppendLoad(final boolean direct, final int appends, final long restMillis, final List<String> paths) throws IOException {
        this.direct = direct;
        this.restMillis = restMillis;
        for (final String path : paths) {
            files.add(open(Path.of(path), direct));
        }
        threads = Executors.newFixedThreadPool(paths.size());
        appendsEach = appends / paths.size();
    }

    private static FileChannel open(final Path path, final boolean direct) throws IOException {
        final FileChannel file = direct
            ? FileChannel.open(path, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT)
            : FileChannel.open(path, StandardOpenOption.WRITE);
        return file.position(file.size());
    }

    public static void main(final String[] args) throws Exception {
        final boolean direct = args[0].equals("direct");
        final int appends = Integer.parseInt(args[1]);
        final int pairs = Integer.parseInt(args[2]);
        final long restMillis = Long.parseLong(args[3]);
        final List<String> paths = Arrays.asList(args).subList(4, args.length);
        final int middle = paths.size() / 2;
        try (AppendLoad first = new AppendLoad(direct, appends, restMillis, paths.subList(0, middle));
            AppendLoad second = new AppendLoad(direct, appends, restMillis, paths.subList(middle, paths.size()))) {
            for (int pair = -WARM_UP_PAIRS; pair < pairs; pair++) {
                final String rates = inTurns(first, second, pair % 2 == 0);
                if (pair >= 0) {
                    System.out.println(rates);
                }
            }
        }
    }

    private static String inTurns(final AppendLoad first, final AppendLoad second, final boolean firstBegins) throws Exception {
        if (firstBegins) {
            final double rate = first.appendsPerSecond();
            return rate + " " + second.appendsPerSecond();
        }
        final double rate = second.appendsPerSecond();
        return first.appendsPerSecond() + " " + rate;
    }

    private double appendsPerSecond() throws Exception {
        TimeUnit.MILLISECONDS.sleep(restMillis);
        final long start = System.nanoTime();
        final List<Callable<Void>> turn = files.stream().<Callable<Void>>map(file -> () -> append(file)).toList();
        for (final Future<Void> done : threads.invokeAll(turn)) {
            done.get();
        }
        return appendsEach * files.size() * 1e9 / (System.nanoTime() - start);
    }

    private Void append(final FileChannel file) throws IOException {
        final ByteBuffer block = ByteBuffer.allocateDirect(2 * BLOCK_BYTES).alignedSlice(BLOCK_BYTES).limit(BLOCK_BYTES);
        for (int i = 0; i < appendsEach; i++) {
            file.write(block.rewind());
        }
        if (!direct) {
            file.force(false);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        threads.shutdown();
        for (final FileChannel file : files) {
            file.close();
        }
    }
}
