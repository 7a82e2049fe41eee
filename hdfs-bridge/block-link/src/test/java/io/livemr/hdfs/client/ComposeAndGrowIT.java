package io.livemr.hdfs.client;

import static io.livemr.hdfs.fixture.LinkCluster.BLOCK_BYTES;
import static io.livemr.hdfs.fixture.LinkCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.hdfs.fixture.LinkCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.server.common.HdfsServerConstants.BlockUCState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeAndGrowIT {

    @TempDir
    static java.nio.file.Path folder;
    private static LinkCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = LinkCluster.start(folder);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES, 40 * BLOCK_BYTES + 77})
    void shouldReadInHdfsWhatTheComposedFileHolds(int length) throws Exception {
        final byte[] content = bytes(length, length);
        final String name = cluster.composedFile(content);

        final Composition composed = cluster.compose("/compose/" + length, name);

        assertThat(cluster.read("/compose/" + length)).isEqualTo(content);
        assertThat(composed.blocks()).isEqualTo((length + BLOCK_BYTES - 1) / BLOCK_BYTES);
        assertThat(cluster.fsck("/compose")).isEqualTo("HEALTHY");
    }

    @Test
    void shouldComposeAnEmptyFileAndGrowItLater() throws Exception {
        final String name = cluster.composedFile(new byte[0]);
        cluster.compose("/empty", name);
        assertThat(cluster.read("/empty")).isEmpty();

        cluster.append(name, bytes(100, 1));
        cluster.client().grow("/empty", name, 100);

        assertThat(cluster.read("/empty")).isEqualTo(cluster.composedBytes(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, BLOCK_BYTES / 2, BLOCK_BYTES, 3 * BLOCK_BYTES + 5})
    void shouldGrowFromAnyLastBlockByAnyLength(int added) throws Exception {
        for (final int start : new int[] {1, BLOCK_BYTES - 1, BLOCK_BYTES, 2 * BLOCK_BYTES + 9}) {
            final String path = "/grow/" + start + "-" + added;
            final String name = cluster.composedFile(bytes(start, start));
            cluster.compose(path, name);
            cluster.append(name, bytes(added, added));

            assertThat(cluster.client().grow(path, name, start + added)).isEqualTo(start + added);

            assertThat(cluster.read(path)).as(path).isEqualTo(cluster.composedBytes(name));
        }
        assertThat(cluster.fsck("/grow")).isEqualTo("HEALTHY");
    }

    @Test
    void shouldGiveAnOpenReaderTheLengthItSawAndANewOneTheWhole() throws Exception {
        final String name = cluster.composedFile(bytes(1000, 1));
        cluster.compose("/open-reader", name);

        try (FSDataInputStream old = cluster.fs().open(new Path("/open-reader"))) {
            cluster.append(name, bytes(BLOCK_BYTES, 2));
            cluster.client().grow("/open-reader", name, 1000 + BLOCK_BYTES);

            assertThat(old.readAllBytes()).isEqualTo(bytes(1000, 1));
            assertThat(cluster.read("/open-reader")).isEqualTo(cluster.composedBytes(name));
        }
    }

    @Test
    void shouldLeaveNothingOfAFileThatItsDataNodeDoesNotFollow() throws Exception {
        final String name = cluster.composedFile(bytes(1000, 1));

        assertThatThrownBy(() -> cluster.client().compose("/unfollowed", name, 1000, BLOCK_BYTES, true))
            .isInstanceOf(IOException.class).hasMessageContaining("livemr.composer.url");

        assertThat(cluster.fs().exists(new Path("/unfollowed"))).isFalse();
    }

    /** Who meets a last block under construction has to ask the DataNode for its length before the first byte. */
    @Test
    void shouldShowANewLengthOnlyWithABlockThatIsCommitted() throws Exception {
        final String name = cluster.composedFile(bytes(100, 1));
        cluster.compose("/watched", name);
        for (int length = 200; length <= 4_000; length += 100) {
            final long seenBytes = length - 100;
            final CompletableFuture<BlockUCState> seen = CompletableFuture.supplyAsync(() -> lastBlockOnceLonger("/watched", seenBytes));
            cluster.append(name, bytes(100, length));

            cluster.client().grow("/watched", name, length);

            assertThat(seen.get(30, TimeUnit.SECONDS)).as("at " + length).isIn(BlockUCState.COMMITTED, BlockUCState.COMPLETE);
        }
    }

    private static BlockUCState lastBlockOnceLonger(final String path, final long seenBytes) {
        try {
            while (cluster.fs().getFileStatus(new Path(path)).getLen() <= seenBytes) {
                Thread.onSpinWait();
            }
            return cluster.hdfs().getNamesystem().getFSDirectory().getINode(path).asFile().getLastBlock().getBlockUCState();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldReadAnyRangeOfALinkedFile() throws Exception {
        final byte[] content = bytes(5 * BLOCK_BYTES + 123, 3);
        cluster.compose("/ranges", cluster.composedFile(content));
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("replay: -Dseed=" + seed);
        final Random random = new Random(seed);

        try (FSDataInputStream in = cluster.fs().open(new Path("/ranges"))) {
            for (int i = 0; i < 200; i++) {
                final int from = random.nextInt(content.length);
                final byte[] part = new byte[random.nextInt(Math.min(100_000, content.length - from) + 1)];
                in.readFully(from, part);
                assertThat(part).isEqualTo(java.util.Arrays.copyOfRange(content, from, from + part.length));
            }
        }
    }

    @Test
    void shouldNotTouchAFileThatIsThereAlready() throws Exception {
        cluster.fs().create(new Path("/taken")).close();
        final FileStatus before = cluster.fs().getFileStatus(new Path("/taken"));

        assertThatThrownBy(() -> cluster.compose("/taken", cluster.composedFile(bytes(10, 1))))
            .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(cluster.fs().getFileStatus(new Path("/taken"))).isEqualTo(before);
    }

    @Test
    void shouldLeaveNothingBehindWhenTheComposedFileIsShorterThanSaid() throws Exception {
        final String name = cluster.composedFile(bytes(BLOCK_BYTES + 10, 1));

        assertThatThrownBy(() -> cluster.client().compose("/short", name, 2 * BLOCK_BYTES, BLOCK_BYTES, false))
            .hasMessageContaining("the link does not fit");

        assertThat(cluster.fs().exists(new Path("/short"))).isFalse();
    }

    @Test
    void shouldRememberItsSourceInAnAttribute() throws Exception {
        final String name = cluster.composedFile(bytes(10, 1));
        cluster.compose("/attribute", name);

        assertThat(cluster.fs().getXAttr(new Path("/attribute"), LinkClient.SOURCE_ATTRIBUTE))
            .asString().isEqualTo(name);
    }
}
