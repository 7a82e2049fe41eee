package io.livemr.hdfs.plugin;

import io.livemr.failpoint.FailPoint;
import io.livemr.hdfs.composer.ComposerAddress;
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
    private final LinkMetrics metrics;
    private volatile Follower follower;

    DataNodeLinks(DataNode datanode, LinkMetrics metrics) {
        this.datanode = datanode;
        this.metrics = metrics;
    }

    void followWith(Follower chosen) {
        follower = chosen;
    }

    @Override
    public void touchBlock(ExtendedBlock block, String storageId, Link link) throws IOException {
        FailPoint.LINK_WANTED.passOrFail();
        dataset().touchBlock(block, storageId, link);
        FailPoint.LINK_KNOWN.passOrFail();
        metrics.blocksTouched.incr();
        reportBlock(block, storageId);
        FailPoint.LINK_REPORTED.passOrFail();
    }

    @Override
    public void growBlock(ExtendedBlock block, Link link) throws IOException {
        if (dataset().growBlock(block, link)) {
            metrics.blocksGrown.incr();
        }
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
        follower().follow(follow);
    }

    @Override
    public void unfollow(long inodeId) throws IOException {
        follower().unfollow(inodeId);
    }

    @Override
    public long lengthBytesOf(long fileId) throws IOException {
        return dataset().mount().lengthBytesOf(fileId);
    }

    private Follower follower() throws IOException {
        if (follower == null) {
            throw new IOException("this DataNode follows no files: " + ComposerAddress.URL_KEY + " is not set");
        }
        return follower;
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
