package io.livemr.hdfs.dataset;

import static io.livemr.hdfs.fixture.LinkCluster.BLOCK_BYTES;
import static io.livemr.hdfs.fixture.LinkCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemr.hdfs.fixture.FakeComposer;
import io.livemr.hdfs.fixture.LinkCluster;
import java.time.Duration;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that come and go under a running DataNode. A cluster of its own: what fails here must not break others. */
class LinkVolumesIT {

    private static final String DATA_DIRS = "dfs.datanode.data.dir";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static java.nio.file.Path folder;

    @Test
    void shouldKnowTheLinksOfAVolumeThatIsAddedWhileRunning() throws Exception {
        try (FakeComposer composer = new FakeComposer(folder)) {
            final Configuration conf = LinkCluster.configuration(folder, composer);
            try (LinkCluster cluster = LinkCluster.start(conf, 1, 2)) {
                removeAndAddTheLinksVolume(cluster, cluster.composedFile(bytes(20 * BLOCK_BYTES, 20 * BLOCK_BYTES)));
            }
        }
    }

    private static void removeAndAddTheLinksVolume(LinkCluster cluster, String name) throws Exception {
        cluster.compose("/hot", name);
        final String both = cluster.datanode().getConf().get(DATA_DIRS);
        final String used = cluster.dataset().getVolume(cluster.blocks("/hot").get(0)).toString();
        final String others = Arrays.stream(both.split(",")).filter(each -> !each.endsWith(used)).findFirst().orElseThrow();

        cluster.datanode().reconfigurePropertyImpl(DATA_DIRS, others);
        assertThat(cluster.dataset().contains(cluster.blocks("/hot").get(0))).isFalse();
        cluster.datanode().reconfigurePropertyImpl(DATA_DIRS, both);

        assertThat(cluster.blocks("/hot")).allMatch(block -> cluster.dataset().contains(block));
        await().atMost(LIMIT).ignoreExceptions().untilAsserted(() ->
            assertThat(cluster.read("/hot")).isEqualTo(cluster.composedBytes(name)));
        await().atMost(LIMIT).until(() -> cluster.fsck("/hot").equals("HEALTHY"));
    }
}
