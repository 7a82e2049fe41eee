package io.livemr.hdfs.plugin;

import io.livemr.hdfs.link.Link;
import io.livemr.hdfs.rpc.Follow;
import io.livemr.hdfs.rpc.LinkOperations;
import java.io.IOException;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.datanode.fsdataset.FsDatasetSpi;
import org.apache.hadoop.hdfs.server.datanode.fsdataset.impl.LinkFsDataset;

/** The operations on this DataNode's own blocks, called directly. Who may call is asked before, by the RPC's end. */
final class DataNodeLinks implements LinkOperations {

    private final DataNode datanode;
    private final Follower follower;

    DataNodeLinks(DataNode datanode, Follower follower) {
        this.datanode = datanode;
        this.follower = follower;
    }

    @Override
    public void touchBlock(ExtendedBlock block, String storageId, Link link) throws IOException {
        dataset().touchBlock(block, storageId, link);
        reportBlock(block, storageId);
    }

    @Override
    public void growBlock(ExtendedBlock block, Link link) throws IOException {
        dataset().growBlock(block, link);
    }

    @Override
    public void reportBlock(ExtendedBlock block, String storageId) throws IOException {
        if (dataset().linkOf(block) == null) {
            throw new IOException("not a link on this DataNode: block=" + block);
        }
        datanode.notifyNamenodeReceivedBlock(block, "", storageId, false);
    }

    @Override
    public void follow(Follow follow) throws IOException {
        follower.follow(follow);
    }

    @Override
    public void unfollow(long inodeId) throws IOException {
        follower.unfollow(inodeId);
    }

    @Override
    public long lengthBytesOf(long fileId) throws IOException {
        return dataset().mount().lengthBytesOf(fileId);
    }

    /** The dataset does not exist yet when plug-ins start, so it is asked for each time. */
    private LinkFsDataset dataset() throws IOException {
        final FsDatasetSpi<?> dataset = datanode.getFSDataset();
        if (dataset instanceof LinkFsDataset links) {
            return links;
        }
        throw new IOException(dataset == null ? "the DataNode is starting; try again"
            : "dfs.datanode.fsdataset.factory is not LinkFsDatasetFactory on this DataNode");
    }
}
