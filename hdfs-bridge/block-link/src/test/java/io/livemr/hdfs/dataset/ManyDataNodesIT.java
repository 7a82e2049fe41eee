package io.livemr.hdfs.dataset;

import static io.livemr.hdfs.fixture.LinkCluster.BLOCK_BYTES;
import static io.livemr.hdfs.fixture.LinkCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.livemr.hdfs.fixture.LinkCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.server.datanode.DataNodeTestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyDataNodesIT {

    @TempDir
    java.nio.file.Path folder;
    private LinkCluster cluster;

    @BeforeEach
    void start() throws IOException {
        final Configuration conf = LinkCluster.configuration(folder);
        conf.setInt("dfs.namenode.redundancy.interval.seconds", 1);
        conf.setInt("dfs.namenode.reconstruction.pending.timeout-sec", 2);
        cluster = LinkCluster.start(conf, 3);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Set<String> hosts(String path) throws IOException {
        return Arrays.stream(cluster.fs().getFileBlockLocations(new Path(path), 0, Long.MAX_VALUE))
            .map(ManyDataNodesIT::namesOf).collect(Collectors.toSet());
    }

    private static String namesOf(BlockLocation location) {
        try {
            return String.join(",", location.getNames());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldPutAllBlocksOnTheOneDataNodeThatSeesTheFile() throws Exception {
        cluster.compose("/one-node", cluster.composedFile(bytes(30 * BLOCK_BYTES, 1)));

        assertThat(hosts("/one-node")).hasSize(1);
    }

    @Test
    void shouldStayOnOneDataNodeAndHealthyWhenReplicationIsRaised() throws Exception {
        final String name = cluster.composedFile(bytes(3 * BLOCK_BYTES, 1));
        cluster.compose("/setrep", name);
        final Set<String> before = hosts("/setrep");

        cluster.fs().setReplication(new Path("/setrep"), (short) 2);

        await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(10)).until(() -> hosts("/setrep").equals(before));
        for (final var datanode : cluster.hdfs().getDataNodes()) {
            DataNodeTestUtils.triggerBlockReport(datanode);
        }
        assertThat(cluster.fsck("/setrep")).isEqualTo("HEALTHY");
        assertThat(cluster.read("/setrep")).isEqualTo(cluster.composedBytes(name));
        assertThat(cluster.client().grow("/setrep", name, 3 * BLOCK_BYTES)).isEqualTo(3 * BLOCK_BYTES);
    }

    @Test
    void shouldFailAloudOnADataNodeWithoutThePlugin() throws Exception {
        cluster.compose("/stock", cluster.composedFile(bytes(10_000, 1)));
        for (int i = 0; i < 3; i++) {
            final MiniDFSCluster.DataNodeProperties stopped = cluster.hdfs().stopDataNode(0);
            final var field = MiniDFSCluster.DataNodeProperties.class.getDeclaredField("conf");
            field.setAccessible(true);
            final Configuration conf = (Configuration) field.get(stopped);
            conf.unset("dfs.datanode.fsdataset.factory");
            conf.unset("dfs.datanode.plugins");
            cluster.hdfs().restartDataNode(stopped, true);
        }
        cluster.hdfs().waitActive();

        assertThatThrownBy(() -> cluster.read("/stock")).isInstanceOf(IOException.class);
    }
}
