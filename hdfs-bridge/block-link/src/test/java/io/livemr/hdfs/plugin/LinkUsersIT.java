package io.livemr.hdfs.plugin;

import static io.livemr.hdfs.fixture.LinkCluster.BLOCK_BYTES;
import static io.livemr.hdfs.fixture.LinkCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.hdfs.client.LinkClient;
import io.livemr.hdfs.fixture.LinkCluster;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkUsersIT {

    @TempDir
    Path folder;

    /** Composes as this user; HDFS permissions are off, so only the plug-in can refuse. */
    private static void composeAs(String user, LinkCluster cluster, String path) throws Exception {
        final String name = cluster.composedFile(bytes(1000, 1));
        UserGroupInformation.createRemoteUser(user).doAs((PrivilegedExceptionAction<Void>) () -> {
            try (DistributedFileSystem fs = (DistributedFileSystem) cluster.hdfs().getNewFileSystemInstance(0);
                    LinkClient client = new LinkClient(fs)) {
                client.compose(path, name, 1000, BLOCK_BYTES, false);
            }
            return null;
        });
    }

    @Test
    void shouldMakeLinksOnlyForItsOwnUserAndThoseNamed() throws Exception {
        final Configuration conf = LinkCluster.configuration(folder);
        conf.setBoolean("dfs.permissions.enabled", false);
        conf.set(LinkUsers.USERS_KEY, "ann, bob");
        // With service authorization on, Hadoop itself refuses protocols that no policy names.
        conf.setBoolean("hadoop.security.authorization", true);
        try (LinkCluster cluster = LinkCluster.start(conf, 1)) {
            composeAs("bob", cluster, "/bob");
            assertThat(cluster.read("/bob")).isEqualTo(bytes(1000, 1));

            assertThatThrownBy(() -> composeAs("eve", cluster, "/eve"))
                .hasMessageContaining("user=eve").hasMessageContaining(LinkUsers.USERS_KEY);
            assertThat(cluster.fs().exists(new org.apache.hadoop.fs.Path("/eve"))).isFalse();
        }
    }
}
