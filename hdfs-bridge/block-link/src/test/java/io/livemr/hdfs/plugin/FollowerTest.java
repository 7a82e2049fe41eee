package io.livemr.hdfs.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.hdfs.composer.ComposerAddress;
import io.livemr.hdfs.composer.ComposerClient;
import io.livemr.hdfs.link.LinkUnreadableException;
import io.livemr.hdfs.rpc.Follow;
import io.livemr.hdfs.rpc.LinkOperations;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {

    private static final int LIMIT = 3;

    @TempDir
    Path folder;
    private LinkMetrics metrics;
    private Follower follower;
    private IOException whyNoLength = new LinkUnreadableException("livemr_1 cannot be read: state=STALE", null);

    @BeforeEach
    void make() throws IOException {
        metrics = LinkMetrics.register();
        final LinkOperations links = (LinkOperations) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {LinkOperations.class}, (proxy, method, arguments) -> {
                throw whyNoLength;
            });
        follower = new Follower(new FollowStore(folder), new FollowGrowth(null, links, metrics),
            new ComposerClient(new ComposerAddress(new Configuration(false))), links, metrics, 1, LIMIT);
    }

    @AfterEach
    void close() throws IOException {
        follower.close();
        LinkMetrics.unregister();
    }

    private static Follow file(long inodeId) {
        return new Follow(inodeId, 1, 1 << 20);
    }

    @Test
    void shouldRefuseToFollowMoreThanTheLimitAndNameTheSetting() throws IOException {
        for (long inodeId = 0; inodeId < LIMIT; inodeId++) {
            follower.follow(file(inodeId));
        }

        assertThatThrownBy(() -> follower.follow(file(LIMIT))).isInstanceOf(IOException.class)
            .hasMessageContaining("limit=3").hasMessageContaining("livemr.follow.limit");
        follower.follow(file(0));
        assertThat(metrics.filesFollowed.value()).isEqualTo(LIMIT);
        assertThat(new FollowStore(folder).load()).hasSize(LIMIT);
        follower.unfollow(1);
        follower.follow(file(LIMIT));
    }

    /** Else what the file has grown by since it was linked would stay away until it grows again. */
    @Test
    void shouldLetTheClientAskAgainWhileTheDataNodeIsStarting() {
        whyNoLength = new IOException("the DataNode is starting; try again");

        assertThatThrownBy(() -> follower.follow(file(1))).isSameAs(whyNoLength);
    }
}
