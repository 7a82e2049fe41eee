package io.livemr.composer.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files whose reads wait for a resync, beside files that are well. */
class SlowReadsIT extends MountedTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<CountDownLatch> gates = new ArrayList<>();
    private final List<FileChannel> channels = new ArrayList<>();

    @Override
    FuseSettings settings() {
        return FuseSettings.defaults().withWorkers(2, 8).withDeferral(100, 1_000);
    }

    @AfterEach
    void openGates() {
        gates.forEach(CountDownLatch::countDown);
        threads.shutdown();
        channels.forEach(SlowReadsIT::close);
    }

    /** Closing asks the server too (FLUSH), and it may be gone. */
    private static void close(final FileChannel channel) {
        try {
            channel.close();
        } catch (final IOException e) {
            assertThat(e).hasMessage("Transport endpoint is not connected");
        }
    }

    /** A reader of a file that lets nobody read; it was opened before that. */
    private Future<Integer> stuckReader(final FileChannel channel) {
        return threads.submit(() -> channel.read(ByteBuffer.allocate(100), 0));
    }

    private FileChannel open(final MemoryFile file) throws IOException {
        final FileChannel channel = FileChannel.open(path(file));
        channels.add(channel);
        return channel;
    }

    private CountDownLatch block(final MemoryFile file) {
        final CountDownLatch gate = file.block();
        gates.add(gate);
        return gate;
    }

    @Test
    void shouldServeOtherFilesWhileReadersWait() throws Exception {
        final MemoryFile stuck = files.add(1_000);
        final MemoryFile well = files.add(100_000);
        final FileChannel channel = open(stuck);
        final CountDownLatch gate = block(stuck);

        final List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            readers.add(stuckReader(channel));
        }
        await().until(() -> mount.status().readsDeferred() > 30);

        assertThat(threads.submit(() -> Files.readAllBytes(path(well))).get(5, TimeUnit.SECONDS)).isEqualTo(well.bytes());
        assertThat(threads.submit(() -> Files.size(path(stuck))).get(5, TimeUnit.SECONDS)).isEqualTo(1_000);
        gate.countDown();
        assertThat(readers.get(0).get(5, TimeUnit.SECONDS)).isEqualTo(100);
    }

    @Test
    void shouldServeEveryReaderWhoWaitedOnceTheFileIsWell() throws Exception {
        final MemoryFile stuck = files.add(1_000);
        final FileChannel channel = open(stuck);
        final CountDownLatch gate = block(stuck);

        final List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            readers.add(stuckReader(channel));
        }
        await().until(() -> mount.status().readsDeferred() == 17);
        gate.countDown();

        for (final Future<Integer> reader : readers) {
            assertThat(reader.get(5, TimeUnit.SECONDS)).isEqualTo(100);
        }
        assertThat(mount.status().readsRunning()).isZero();
    }

    @Test
    void shouldNotLetAReaderWaitForAThreadForEver() throws Exception {
        final MemoryFile stuck = files.add(1_000);
        final FileChannel channel = open(stuck);
        block(stuck);
        for (int i = 0; i < 3; i++) {
            stuckReader(channel);
        }
        await().until(() -> mount.status().readsRunning() == 3);

        final Future<Integer> late = stuckReader(channel);

        assertThatThrownBy(() -> late.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class).hasMessageContaining("Stale file handle");
    }

    @Test
    void shouldRefuseWhatIsBeyondTheLimitOfDeferredReads() throws Exception {
        final MemoryFile stuck = files.add(1_000);
        final FileChannel channel = open(stuck);
        block(stuck);

        final List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 104; i++) {
            readers.add(stuckReader(channel));
        }

        await().atMost(Duration.ofSeconds(5)).until(() -> readers.stream().filter(Future::isDone).count() >= 1);
        final Future<Integer> refused = readers.stream().filter(Future::isDone).findFirst().orElseThrow();
        assertThatThrownBy(refused::get).hasMessageContaining("Device or resource busy");
    }

    @Test
    void shouldLetAKilledReaderGoWhileItsReadIsStuck() throws Exception {
        final MemoryFile stuck = files.add(1_000);
        open(stuck);
        final CountDownLatch gate = block(stuck);
        // Opening asks for one byte: that is where the child is stuck.
        final Process reader = new ProcessBuilder("cat", path(stuck).toString()).redirectErrorStream(true).start();
        await().until(() -> mount.status().readsRunning() == 1);

        reader.destroyForcibly();

        assertThat(reader.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(gate.getCount()).isEqualTo(1);
    }

    @Test
    void shouldEndWhileReadersAreStuckAndTheirFileLetsThemGo() throws Exception {
        final MemoryFile stuck = files.add(1_000);
        final FileChannel channel = open(stuck);
        final CountDownLatch gate = block(stuck);
        final Future<Integer> reader = stuckReader(channel);
        await().until(() -> mount.status().readsRunning() == 1);

        final Future<?> closing = threads.submit(() -> {
            mount.close();
            return null;
        });

        assertThatThrownBy(() -> reader.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(closing.isDone()).isFalse();
        gate.countDown();
        closing.get(5, TimeUnit.SECONDS);
        assertThat(Mounts.isOurs(root.toRealPath())).isFalse();
    }
}
