package io.livemr.hdfs.dataset;

import static io.livemr.hdfs.fixture.LinkCluster.BLOCK_BYTES;
import static io.livemr.hdfs.fixture.LinkCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.livemr.hdfs.fixture.FakeComposer;
import io.livemr.hdfs.fixture.LinkCluster;
import io.livemr.hdfs.link.LinkUnreadableException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.hdfs.server.datanode.DataNodeTestUtils;
import org.apache.hadoop.hdfs.server.datanode.DatanodeUtil;
import org.apache.hadoop.hdfs.server.datanode.ScannerProbe;
import org.apache.hadoop.hdfs.server.datanode.fsdataset.FsVolumeSpi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkOnStockHdfsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static java.nio.file.Path folder;
    private static FakeComposer composer;
    private static LinkCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        composer = new FakeComposer(folder);
        final Configuration conf = LinkCluster.configuration(folder, composer);
        conf.setInt("dfs.datanode.directoryscan.interval", 3600);
        cluster = LinkCluster.start(conf, 1, 2);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        composer.close();
    }

    private static String composed(String path, int lengthBytes) throws IOException {
        final String name = cluster.composedFile(bytes(lengthBytes, lengthBytes));
        cluster.compose(path, name);
        return name;
    }

    private static void awaitClosed(String path) {
        await().atMost(LIMIT).until(() -> cluster.fs().isFileClosed(new Path(path)));
    }

    private static void scan(ExtendedBlock block) {
        final long before = ScannerProbe.scansEnded(cluster.datanode(), block);
        ScannerProbe.scanSoon(cluster.datanode(), block);
        await().atMost(LIMIT).until(() -> ScannerProbe.scansEnded(cluster.datanode(), block) > before);
    }

    // ---- the block scanner

    @Test
    void shouldNotCallABlockBadWhenTheScannerFindsItsFileGone() throws Exception {
        final String name = composed("/scan-gone", 2 * BLOCK_BYTES);
        final java.nio.file.Path aside = folder.resolve("aside");
        Files.move(cluster.composedPath(name), aside);

        scan(cluster.blocks("/scan-gone").get(0));
        cluster.hdfs().triggerHeartbeats();

        assertThat(cluster.fsck("/scan-gone")).isEqualTo("HEALTHY");
        Files.move(aside, cluster.composedPath(name));
        assertThat(cluster.read("/scan-gone")).isEqualTo(cluster.composedBytes(name));
    }

    @Test
    void shouldNotCallABlockBadWhenReadingFailsInTheMiddle() throws Exception {
        final String name = composed("/scan-short", BLOCK_BYTES);
        final byte[] whole = cluster.composedBytes(name);
        final ExtendedBlock block = cluster.blocks("/scan-short").get(0);
        final long before = ScannerProbe.scansEnded(cluster.datanode(), block);
        try (FileChannel file = FileChannel.open(cluster.composedPath(name), StandardOpenOption.WRITE)) {
            file.truncate(30_000);
        }

        assertThatThrownBy(() -> cluster.read("/scan-short")).isInstanceOf(IOException.class);
        ScannerProbe.scanSoon(cluster.datanode(), block);   // a failed send has made it suspect already
        await().atMost(LIMIT).until(() -> ScannerProbe.scansEnded(cluster.datanode(), block) > before);
        cluster.hdfs().triggerHeartbeats();

        assertThat(cluster.fsck("/scan-short")).isEqualTo("HEALTHY");
        Files.write(cluster.composedPath(name), whole);
        assertThat(cluster.read("/scan-short")).isEqualTo(whole);
    }

    @Test
    void shouldTellTheReaderTheComposersReason() throws Exception {
        final String name = composed("/reason", 1000);
        Files.delete(cluster.composedPath(name));
        composer.put(name, "REVOKED", "owner_revoked", 1000);

        assertThatThrownBy(() -> cluster.dataset().getBlockInputStream(cluster.blocks("/reason").get(0), 0))
            .isInstanceOf(LinkUnreadableException.class)
            .hasMessageContaining(name).hasMessageContaining("state=REVOKED reason=owner_revoked");
    }

    // ---- truncation and recovery

    @Test
    void shouldStayALinkWhenTheFileIsTruncated() throws Exception {
        final String name = composed("/truncate", BLOCK_BYTES + 5000);
        final byte[] wanted = Arrays.copyOf(cluster.composedBytes(name), BLOCK_BYTES + 777);

        cluster.fs().truncate(new Path("/truncate"), wanted.length);
        awaitClosed("/truncate");

        assertThat(cluster.read("/truncate")).isEqualTo(wanted);
        cluster.restartDataNode();
        assertThat(cluster.read("/truncate")).isEqualTo(wanted);
        cluster.client().grow("/truncate", name, BLOCK_BYTES + 5000);
        assertThat(cluster.read("/truncate")).isEqualTo(cluster.composedBytes(name));
    }

    @Test
    void shouldKeepTheSnapshotsBytesWhenTheFileIsTruncated() throws Exception {
        final String name = composed("/snap/file", 5000);
        cluster.fs().allowSnapshot(new Path("/snap"));
        cluster.fs().createSnapshot(new Path("/snap"), "s1");

        cluster.fs().truncate(new Path("/snap/file"), 100);
        awaitClosed("/snap/file");

        assertThat(cluster.read("/snap/file")).isEqualTo(Arrays.copyOf(cluster.composedBytes(name), 100));
        assertThat(cluster.read("/snap/.snapshot/s1/file")).isEqualTo(cluster.composedBytes(name));
    }

    // ---- losing files

    @Test
    void shouldKeepTheReplicaWhenAReadFails() throws Exception {
        final String name = composed("/kept", 1000);
        final java.nio.file.Path aside = folder.resolve("aside2");
        Files.move(cluster.composedPath(name), aside);
        assertThatThrownBy(() -> cluster.read("/kept")).isInstanceOf(IOException.class);

        Files.move(aside, cluster.composedPath(name));

        assertThat(cluster.read("/kept")).isEqualTo(cluster.composedBytes(name));
    }

    @Test
    void shouldMakeTheFilesOfALinkAgainWhenAReadFindsThemGone() throws Exception {
        final String name = composed("/lost", 1000);
        cluster.read("/lost");
        final ExtendedBlock block = cluster.blocks("/lost").get(0);
        for (final java.nio.file.Path file : cluster.diskFiles(block, "")) {
            Files.delete(file);
        }

        await().atMost(LIMIT).ignoreExceptions().until(() -> cluster.read("/lost").length == 1000);

        assertThat(cluster.read("/lost")).isEqualTo(cluster.composedBytes(name));
        assertThat(cluster.diskFiles(block, "")).hasSize(1);
    }

    // ---- the directory scanner

    @Test
    void shouldStayHealthyWhenTheDirectoryScannerRacesGrowth() throws Exception {
        final String name = composed("/race", 10);
        final AtomicBoolean growing = new AtomicBoolean(true);
        final CompletableFuture<Void> scanner = CompletableFuture.runAsync(() -> {
            while (growing.get()) {
                try {
                    DataNodeTestUtils.runDirectoryScanner(cluster.datanode());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });

        for (int i = 1; i <= 60; i++) {
            cluster.append(name, bytes(100, i));
            cluster.client().grow("/race", name, 10 + 100L * i);
        }
        growing.set(false);
        scanner.join();
        DataNodeTestUtils.triggerBlockReport(cluster.datanode());

        assertThat(cluster.fsck("/race")).isEqualTo("HEALTHY");
        assertThat(cluster.read("/race")).isEqualTo(cluster.composedBytes(name));
    }

    /** What the scanner hands over when a growth came between its look and its report; Hadoop 3.4.3 calls that corrupt. */
    @Test
    void shouldTrustMemoryOverAScanFromBeforeAGrowth() throws Exception {
        final String name = composed("/old-scan", 1000);
        final ExtendedBlock block = cluster.blocks("/old-scan").get(0);
        final java.nio.file.Path data = cluster.diskFiles(block, "").get(0);
        final String oldMeta = cluster.diskFiles(block, ".meta").get(0).getFileName().toString();
        final FsVolumeSpi.ScanInfo old = new FsVolumeSpi.ScanInfo(block.getBlockId(), data.getParent().toFile(),
            data.getFileName().toString(), oldMeta, cluster.dataset().getVolume(block));
        cluster.append(name, bytes(500, 1));
        cluster.client().grow("/old-scan", name, 1500);

        cluster.dataset().checkAndUpdate(block.getBlockPoolId(), old);
        DataNodeTestUtils.triggerBlockReport(cluster.datanode());

        assertThat(cluster.fsck("/old-scan")).isEqualTo("HEALTHY");
        assertThat(cluster.read("/old-scan")).isEqualTo(cluster.composedBytes(name));
    }

    @Test
    void shouldMakeALostPlaceholderAgainInADirectoryScan() throws Exception {
        composed("/scan-lost", 1000);
        final ExtendedBlock block = cluster.blocks("/scan-lost").get(0);
        Files.delete(cluster.diskFiles(block, "").get(0));

        DataNodeTestUtils.runDirectoryScanner(cluster.datanode());

        assertThat(cluster.diskFiles(block, "")).hasSize(1);
        assertThat(cluster.fsck("/scan-lost")).isEqualTo("HEALTHY");
    }

    // ---- append

    @Test
    void shouldRefuseAnOrdinaryAppendAndCloseTheFileIntact() throws Exception {
        final String name = composed("/append", 1000);
        final FSDataOutputStream out = cluster.fs().append(new Path("/append"));

        assertThatThrownBy(() -> {
            out.write(1);
            out.hflush();
        }).isInstanceOf(IOException.class);
        await().atMost(LIMIT).until(() -> cluster.fs().recoverLease(new Path("/append")));

        assertThat(cluster.read("/append")).isEqualTo(cluster.composedBytes(name));
        assertThat(cluster.fsck("/append")).isEqualTo("HEALTHY");
    }

    @Test
    void shouldLetOthersAppendANewBlock() throws Exception {
        final String name = composed("/new-block", 1000);

        try (FSDataOutputStream out = cluster.fs().append(
                new Path("/new-block"), EnumSet.of(CreateFlag.APPEND, CreateFlag.NEW_BLOCK), 4096, null)) {
            out.write("tail".getBytes());
        }

        assertThat(cluster.read("/new-block")).startsWith(cluster.composedBytes(name)).endsWith("tail".getBytes());
    }

    // ---- ways around the DataNode

    @Test
    void shouldNotFollowASymbolicLinkInTheMount() throws Exception {
        final String name = cluster.composedFile(bytes(1000, 1));
        final java.nio.file.Path secret = Files.write(folder.resolve("secret"), bytes(1000, 2));
        Files.delete(cluster.composedPath(name));
        Files.createSymbolicLink(cluster.composedPath(name), secret);

        assertThatThrownBy(() -> cluster.client().compose("/symlink", name, 1000, BLOCK_BYTES, false))
            .hasMessageContaining("not a regular file");
    }

    @Test
    void shouldNotReadThroughASymbolicLinkThatCameLater() throws Exception {
        final String name = composed("/symlink-later", 1000);
        final java.nio.file.Path secret = Files.write(folder.resolve("secret2"), bytes(1000, 2));
        Files.delete(cluster.composedPath(name));
        Files.createSymbolicLink(cluster.composedPath(name), secret);

        assertThatThrownBy(() -> cluster.read("/symlink-later")).isInstanceOf(IOException.class);
    }

    @Test
    void shouldGiveAShortCircuitClientNeitherPathsNorDescriptors() throws Exception {
        composed("/short-circuit", 1000);
        final ExtendedBlock block = cluster.blocks("/short-circuit").get(0);

        assertThatThrownBy(() -> cluster.dataset().getBlockLocalPathInfo(block)).hasMessageContaining("refused");
        // DataNode.requestShortCircuitFdsForRead turns this into "not supported", and the client reads over the socket.
        assertThatThrownBy(() -> DatanodeUtil.getMetaDataInputStream(block, cluster.dataset()))
            .isInstanceOf(ClassCastException.class);
        try (FileInputStream stream = (FileInputStream) cluster.dataset().getBlockInputStream(block, 0);
                FileInputStream descriptor = new FileInputStream(stream.getFD())) {
            assertThat(descriptor.read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldHaveNoFileChecksumBecauseTheBytesMayChange() throws Exception {
        composed("/checksum", 1000);

        assertThat(cluster.fs().getFileChecksum(new Path("/checksum"))).isNull();
    }

    @Test
    void shouldBePinnedAgainstTheBalancerAndTheMover() throws Exception {
        composed("/pinned", 1000);
        final ExtendedBlock block = cluster.blocks("/pinned").get(0);

        assertThat(cluster.dataset().getPinning(block)).isTrue();
        assertThatThrownBy(() -> cluster.dataset().moveBlockAcrossStorage(
            block, org.apache.hadoop.fs.StorageType.SSD, "any")).hasMessageContaining("refused");
        assertThatThrownBy(() -> cluster.dataset().moveBlockAcrossVolumes(block, null))
            .hasMessageContaining("refused");
    }

    // ---- deletion

    @Test
    void shouldNotCountALinkAsUsedSpaceNorAsFreedSpace() throws Exception {
        writeOrdinaryBlockOnEachVolume();
        final long before = cluster.dataset().getDfsUsed();
        final String name = composed("/delete", 100 * BLOCK_BYTES);
        final byte[] content = cluster.composedBytes(name);
        final ExtendedBlock block = cluster.blocks("/delete").get(99);

        cluster.fs().delete(new Path("/delete"), false);
        // The folder is looked through while files go out of it.
        await().atMost(LIMIT).ignoreException(UncheckedIOException.class).until(() -> cluster.diskFiles(block, "").isEmpty());
        await().atMost(LIMIT).until(() -> cluster.dataset().getPendingAsyncDeletions() == 0);

        assertThat(cluster.dataset().getDfsUsed()).isBetween(before - BLOCK_BYTES, before + BLOCK_BYTES);
        assertThat(cluster.composedBytes(name)).isEqualTo(content);
    }

    /** Larger than the links: usage is cut off at zero, and a negative one would not show without. */
    private static void writeOrdinaryBlockOnEachVolume() throws IOException {
        for (int i = 0; i < 2; i++) {
            final Path path = new Path("/ordinary" + i);
            try (FSDataOutputStream out = cluster.fs().create(path, true, 4096, (short) 1, 128 << 20)) {
                out.write(new byte[200 * BLOCK_BYTES]);
            }
        }
    }

    // ---- starting

    @Test
    void shouldKnowItsLinksAfterARestart() throws Exception {
        final String name = composed("/restart", 3 * BLOCK_BYTES + 7);
        cluster.append(name, bytes(50, 1));
        cluster.client().grow("/restart", name, 3 * BLOCK_BYTES + 57);

        cluster.restartDataNode();
        cluster.hdfs().restartNameNode(true);

        assertThat(cluster.read("/restart")).isEqualTo(cluster.composedBytes(name));
        assertThat(cluster.fsck("/restart")).isEqualTo("HEALTHY");
    }

    @Test
    void shouldNotReadADamagedLink() throws Exception {
        composed("/damaged", 1000);
        final ExtendedBlock block = cluster.blocks("/damaged").get(0);
        final java.nio.file.Path meta = cluster.diskFiles(block, ".meta").get(0);
        final byte[] record = Files.readAllBytes(meta);
        record[20] ^= 1;
        Files.write(meta, record);

        cluster.restartDataNode();

        assertThatThrownBy(() -> cluster.dataset().getBlockInputStream(block, 0))
            .hasMessageContaining("damaged link record");
        assertThat(cluster.fsck("/damaged")).isEqualTo("HEALTHY");
    }
}
