package io.livemr.hdfs.plugin;

import static io.livemr.hdfs.fixture.LinkCluster.BLOCK_BYTES;
import static io.livemr.hdfs.fixture.LinkCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemr.hdfs.client.Composition;
import io.livemr.hdfs.fixture.FakeComposer;
import io.livemr.hdfs.fixture.LinkCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;
import org.apache.hadoop.hdfs.protocol.LastBlockWithStatus;
import org.apache.hadoop.io.EnumSetWritable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static java.nio.file.Path folder;
    private static FakeComposer composer;
    private static LinkCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        composer = new FakeComposer(folder);
        cluster = LinkCluster.start(LinkCluster.configuration(folder, composer), 1);
        awaitListening();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        composer.close();
    }

    private static void awaitListening() {
        await().atMost(LIMIT).until(() -> composer.listeners() > 0);
    }

    private static String followed(String path, int lengthBytes) throws IOException {
        final String name = cluster.composedFile(bytes(lengthBytes, 1));
        composer.put(name, "LIVE", null, lengthBytes);
        cluster.client().follow(cluster.compose(path, name), name);
        return name;
    }

    private static void grow(String name, int byBytes) throws IOException {
        cluster.append(name, bytes(byBytes, byBytes));
        composer.grew(name, Files.size(cluster.composedPath(name)));
    }

    private static void awaitGrown(String path, String name) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(2)).ignoreExceptions().untilAsserted(() ->
            assertThat(cluster.fs().getFileStatus(new Path(path)).getLen())
                .isEqualTo(Files.size(cluster.composedPath(name))));
        await().atMost(LIMIT).ignoreExceptions().untilAsserted(() ->
            assertThat(cluster.read(path)).isEqualTo(cluster.composedBytes(name)));
    }

    private static boolean isFollowed(Composition composed) {
        return Files.exists(folder.resolve("follow").resolve(composed.inodeId() + ".follow"));
    }

    @Test
    void shouldGrowTheHdfsFileWhenTheComposedFileGrew() throws Exception {
        final String name = followed("/grows", 1000);

        for (final int byBytes : new int[] {1, 10, BLOCK_BYTES, 3 * BLOCK_BYTES, 77}) {
            grow(name, byBytes);
            awaitGrown("/grows", name);
        }

        assertThat(cluster.fsck("/grows")).isEqualTo("HEALTHY");
    }

    @Test
    void shouldNotWaitForAnyTimerBetweenTheEventAndTheGrownFile() throws Exception {
        final String name = followed("/fast", 1000);
        grow(name, 1);
        awaitGrown("/fast", name);
        // The budget is 10 ms at the median on a free machine, for the benchmarks to show. Here the machine also builds, and one quick
        // growth proves that nothing sleeps: Nagle's algorithm alone would take 40 ms, each time.
        await("a growth that is seen within 30 ms").atMost(LIMIT).pollDelay(Duration.ZERO).until(() -> growthMicros(name, new Path("/fast")) < 30_000);
    }

    private static long growthMicros(final String name, final Path path) throws Exception {
        cluster.append(name, bytes(500, 1));
        final long wanted = Files.size(cluster.composedPath(name));
        final long start = System.nanoTime();
        composer.grew(name, wanted);
        while (cluster.fs().getFileStatus(path).getLen() < wanted) {
            LockSupport.parkNanos(200_000);
        }
        return (System.nanoTime() - start) / 1000;
    }

    @Test
    void shouldMeltManyGrowthsIntoFew() throws Exception {
        final String name = followed("/burst", 10);

        for (int i = 1; i <= 300; i++) {
            grow(name, i);
        }

        awaitGrown("/burst", name);
    }

    @Test
    void shouldStopWhenTheHdfsFileIsDeleted() throws Exception {
        final String name = cluster.composedFile(bytes(10, 1));
        composer.put(name, "LIVE", null, 10);
        final Composition composed = cluster.compose("/deleted", name);
        cluster.client().follow(composed, name);
        assertThat(isFollowed(composed)).isTrue();

        cluster.fs().delete(new Path("/deleted"), false);
        grow(name, 10);

        await().atMost(LIMIT).until(() -> !isFollowed(composed));
    }

    @Test
    void shouldFollowTheFileAndNotItsName() throws Exception {
        final String name = followed("/before", 10);

        cluster.fs().rename(new Path("/before"), new Path("/after"));
        grow(name, 100);

        awaitGrown("/after", name);
    }

    @Test
    void shouldStopWhenTheGrantIsRevokedAndKeepTheBlocks() throws Exception {
        final String name = cluster.composedFile(bytes(10, 1));
        composer.put(name, "LIVE", null, 10);
        final Composition composed = cluster.compose("/revoked", name);
        cluster.client().follow(composed, name);

        composer.state(name, "REVOKED", "owner_revoked");

        await().atMost(LIMIT).until(() -> !isFollowed(composed));
        assertThat(cluster.fs().getFileStatus(new Path("/revoked")).getLen()).isEqualTo(10);
    }

    @Test
    void shouldWaitUntilAnotherWriterHasClosedTheFile() throws Exception {
        final String name = followed("/busy", BLOCK_BYTES);
        final ClientProtocol other = cluster.fs().getClient().getNamenode();
        final LastBlockWithStatus held = other.append(
            "/busy", "another-writer", new EnumSetWritable<>(EnumSet.of(CreateFlag.APPEND)));

        grow(name, 100);
        await().during(Duration.ofSeconds(1)).atMost(LIMIT).until(() ->
            cluster.fs().getFileStatus(new Path("/busy")).getLen() == BLOCK_BYTES);
        other.complete("/busy", "another-writer", null, held.getFileStatus().getFileId());

        awaitGrown("/busy", name);
    }

    @Test
    void shouldNotGrowAFileToWhichSomeoneAppendedOrdinaryData() throws Exception {
        final String name = followed("/mixed", 1000);
        try (FSDataOutputStream out = cluster.fs().append(
                new Path("/mixed"), EnumSet.of(CreateFlag.APPEND, CreateFlag.NEW_BLOCK), 4096, null)) {
            out.write("ordinary".getBytes());
        }

        grow(name, 5000);

        await().during(Duration.ofSeconds(1)).atMost(LIMIT).until(() ->
            cluster.fs().getFileStatus(new Path("/mixed")).getLen() == 1008);
        assertThat(cluster.fs().isFileClosed(new Path("/mixed"))).isTrue();
    }

    @Test
    void shouldCatchUpAfterTheComposerWasAway() throws Exception {
        final String name = followed("/away", 1000);
        final String gone = cluster.composedFile(bytes(10, 1));
        composer.put(gone, "LIVE", null, 10);
        final Composition composedGone = cluster.compose("/gone", gone);
        cluster.client().follow(composedGone, gone);
        final int port = composer.port();

        composer.close();
        cluster.append(name, bytes(2 * BLOCK_BYTES, 5));
        composer = new FakeComposer(folder, port);
        composer.put(name, "LIVE", null, Files.size(cluster.composedPath(name)));

        awaitGrown("/away", name);
        await().atMost(LIMIT).until(() -> !isFollowed(composedGone));
        awaitListening();
    }

    @Test
    void shouldGoOnAfterTheDataNodeDiedInTheMiddleOfAGrowth() throws Exception {
        final String name = cluster.composedFile(bytes(1000, 1));
        composer.put(name, "LIVE", null, 1000);
        final Composition composed = cluster.compose("/died", name);
        cluster.client().follow(composed, name);
        // What a DataNode killed between append and complete leaves: a lease under its follower's name.
        final String holder = "LiveMR_follow_" + cluster.datanode().getDatanodeUuid() + "_" + composed.inodeId();
        final ClientProtocol namenode = cluster.fs().getClient().getNamenode();
        final LastBlockWithStatus opened = namenode.append(
            "/died", holder, new EnumSetWritable<>(EnumSet.of(CreateFlag.APPEND)));
        namenode.updateBlockForPipeline(opened.getLastBlock().getBlock(), holder);

        cluster.restartDataNode();
        awaitListening();
        grow(name, 3000);

        awaitGrown("/died", name);
        assertThat(cluster.fsck("/died")).isEqualTo("HEALTHY");
    }

    @Test
    void shouldGoOnAfterTheNameNodeRestarted() throws Exception {
        final String name = followed("/namenode", 1000);

        cluster.hdfs().shutdownNameNode(0);
        grow(name, 2000);
        cluster.hdfs().restartNameNode(true);

        awaitGrown("/namenode", name);
    }
}
