package io.livemr.system.failpoint;

import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.GuestCommand;
import io.livemr.launcher.client.ApiException;
import io.livemr.system.Sha256;
import io.livemr.system.Site;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file that is there through all stories: composed, linked, followed, and read all the time, through the mount and through HDFS. It grows now and then.
 * Its bytes are known before they are written; a read that gives another one ends the test.
 */
final class StandingFile implements AutoCloseable {
    static final String PATH = "/data/standing";
    static final String HDFS_PATH = "/standing";
    static final int BLOCK_BYTES = 64 << 10;

    private static final int MOST_BYTES = 32 << 20;
    private static final int MOST_GROWTH_BYTES = 5_000;
    private static final long READ_PAUSE_MILLIS = 200;
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);

    private final Site site;
    private final LabVm vm;
    private final byte[] bytes = new byte[MOST_BYTES];
    private final ExecutorService readers = Executors.newFixedThreadPool(2, StandingFile::daemon);
    private final CompletableFuture<Void> wrong = new CompletableFuture<>();
    private final AtomicInteger rightReads = new AtomicInteger();
    private volatile int lengthBytes;
    private Path composed;

    StandingFile(final Site site, final LabVm vm, final long seed) {
        this.site = site;
        this.vm = vm;
        new Random(seed).nextBytes(bytes);
    }

    private static Thread daemon(final Runnable work) {
        final Thread thread = new Thread(work, "standing-reader");
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        vm.execAs(Site.OWNER, ": > " + PATH).orThrow();
        append(BLOCK_BYTES + 1);
        composed = site.compose(vm, PATH);
        site.composeIntoHdfs(vm, PATH, HDFS_PATH);
        readers.submit(reader(() -> Files.newInputStream(composed)));
        readers.submit(reader(() -> site.stack().webHdfs().open(HDFS_PATH)));
    }

    String name() {
        return composed.getFileName().toString();
    }

    /** Errors are allowed here, wrong bytes are not. */
    private Callable<Void> reader(final Callable<InputStream> open) {
        return () -> {
            for (; !wrong.isDone(); TimeUnit.MILLISECONDS.sleep(READ_PAUSE_MILLIS)) {
                try (InputStream in = open.call()) {
                    requirePrefix(in.readAllBytes());
                    rightReads.incrementAndGet();
                } catch (final IOException | ApiException refused) {
                    continue;
                } catch (final AssertionError e) {
                    wrong.completeExceptionally(e);
                }
            }
            return null;
        };
    }

    private boolean requirePrefix(final byte[] read) {
        final int wrongAt = Arrays.mismatch(read, 0, read.length, bytes, 0, Math.min(read.length, lengthBytes));
        if (wrongAt >= 0 && wrongAt < read.length) {
            throw new AssertionError("byte " + wrongAt + " of " + read.length + " is not what the guest wrote");
        }
        return read.length == lengthBytes;
    }

    /** Inside its last block, or into the next one. Returns when it is right wherever it can be read. */
    void grow(final Random random, final Recovery recovery) throws InterruptedException {
        final int left = BLOCK_BYTES - lengthBytes % BLOCK_BYTES;
        final int more = random.nextBoolean() && left > 1 ? 1 + random.nextInt(Math.min(MOST_GROWTH_BYTES, left - 1)) : left + random.nextInt(MOST_GROWTH_BYTES);
        lengthBytes += more;
        recovery.await("written", this::isWritten);
        recovery.await("grown", this::isRight);
    }

    private void append(final int more) {
        lengthBytes += more;
        if (!isWritten()) {
            throw new AssertionError("not written");
        }
    }

    /** Goes on where a guest that was switched off stopped. */
    private boolean isWritten() {
        final int written = writtenBytes();
        vm.run(GuestCommand.of("cat >> " + PATH + " && sync").as(Site.OWNER).limit(WRITE_LIMIT)
            .stdin(new ByteArrayInputStream(bytes, written, lengthBytes - written))).orThrow();
        return writtenBytes() == lengthBytes;
    }

    private int writtenBytes() {
        return Integer.parseInt(vm.exec("stat", "-c", "%s", PATH).orThrow().strip());
    }

    /** All of it, composed and through HDFS, and as the guest itself has it. */
    boolean isRight() throws IOException {
        return requirePrefix(Files.readAllBytes(composed)) && isRightAt(HDFS_PATH)
            && Sha256.inGuest(vm, PATH).equals(Sha256.of(bytes, lengthBytes));
    }

    boolean isRightAt(final String hdfsPath) throws IOException {
        try (InputStream in = site.stack().webHdfs().open(hdfsPath)) {
            return requirePrefix(in.readAllBytes());
        }
    }

    /** Also that somebody read something since the last call. */
    void requireRightReads() {
        wrong.getNow(null);
        if (rightReads.getAndSet(0) == 0) {
            throw new AssertionError("nobody read the standing file");
        }
    }

    @Override
    public void close() {
        wrong.complete(null);
        readers.shutdownNow();
    }
}
