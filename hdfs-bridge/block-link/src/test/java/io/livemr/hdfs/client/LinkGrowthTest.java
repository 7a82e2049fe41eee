package io.livemr.hdfs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.apache.hadoop.hdfs.protocol.LastBlockWithStatus;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.apache.hadoop.hdfs.protocol.LocatedBlocks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A NameNode that has just started: it knows its files, and not yet on which DataNode their blocks are. */
class LinkGrowthTest {

    private final LocatedBlock unlocated = new LocatedBlock(new ExtendedBlock("BP-1", 7, 1000, 1), new DatanodeInfo[0]);
    private final List<String> calls = new ArrayList<>();

    @ParameterizedTest(name = "last block complete: {0}")
    @ValueSource(booleans = {true, false})
    void shouldSayThatTheBlockIsNotKnownYetAndTouchNothing(final boolean complete) {
        final LinkGrowth growth = new LinkGrowth(namenode(!complete, complete), "holder", new LinkDataNode("dn", null));

        assertThatThrownBy(() -> growth.grow("/file", 1, 2000))
            .isInstanceOf(IOException.class).hasMessageContaining("does not know yet where the block is");
        assertThat(calls).doesNotContain("updateBlockForPipeline", "updatePipeline", "complete");
    }

    @Test
    void shouldNotTakeAFileForGrownThatIsOpenThoughAllOfItsBlocksAreComplete() {
        final LinkGrowth growth = new LinkGrowth(namenode(true, true), "holder", new LinkDataNode("dn", null));

        assertThatThrownBy(() -> growth.grow("/file", 1, 1000)).isInstanceOf(IOException.class);
    }

    private ClientProtocol namenode(final boolean open, final boolean complete) {
        return (ClientProtocol) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ClientProtocol.class},
            (proxy, method, arguments) -> {
                calls.add(method.getName());
                return switch (method.getName()) {
                    case "getBlockLocations" ->
                        new LocatedBlocks(1000, open, List.of(unlocated), unlocated, complete, null, null);
                    case "append" -> new LastBlockWithStatus(unlocated,
                        new HdfsFileStatus.Builder().length(1000).blocksize(4096).fileId(16).build());
                    default -> throw new AssertionError("not expected: " + method);
                };
            });
    }
}
