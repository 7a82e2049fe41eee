package io.livemr.hdfs.plugin;

import io.livemr.hdfs.client.LinkDataNode;
import io.livemr.hdfs.client.LinkGrowth;
import io.livemr.hdfs.link.LinkUnreadableException;
import io.livemr.hdfs.rpc.Follow;
import io.livemr.hdfs.rpc.LinkOperations;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.ipc.RemoteException;

/**
 * Grows followed files as the DataNode's own user, one attempt a call.
 *
 * <p>The lease's holder is named after DataNode and inode. So a DataNode that died in a growth knows its own lease again
 * and takes it back, and never anybody else's.
 */
final class FollowGrowth implements AutoCloseable {

    private final DataNode datanode;
    private final LinkOperations links;
    private final LinkMetrics metrics;
    private DistributedFileSystem fs;

    FollowGrowth(DataNode datanode, LinkOperations links, LinkMetrics metrics) {
        this.datanode = datanode;
        this.links = links;
        this.metrics = metrics;
    }

    /**
     * @return how long the file is now, in bytes.
     * @throws FollowEndedException if the HDFS file is gone.
     */
    long grow(Follow follow, long toBytes) throws IOException {
        final ClientProtocol namenode = namenode();
        final String holder = "LiveMR_follow_" + datanode.getDatanodeUuid() + "_" + follow.inodeId();
        final LinkDataNode here = new LinkDataNode(datanode.getDatanodeUuid(), links);
        try {
            return new LinkGrowth(namenode, holder, here).grow(follow.path(), follow.fileId(), toBytes);
        } catch (AlreadyBeingCreatedException e) {
            recoverIfOurs(namenode, follow, holder);
            throw e;
        } catch (LinkUnreadableException e) {
            throw e;
        } catch (FileNotFoundException e) {
            throw new FollowEndedException("the HDFS file is gone", e);
        }
    }

    /** The NameNode checks the holder in fsync, and with length -1 does nothing else. */
    private void recoverIfOurs(ClientProtocol namenode, Follow follow, String holder) throws IOException {
        try {
            namenode.fsync(follow.path(), follow.inodeId(), holder, -1);
        } catch (RemoteException e) {
            return;   // somebody else is writing: wait until they have closed it
        }
        metrics.leasesRecovered.incr();
        namenode.recoverLease(follow.path(), holder);
    }

    private synchronized ClientProtocol namenode() throws IOException {
        if (fs == null) {
            final FileSystem made = FileSystem.newInstance(
                FileSystem.getDefaultUri(datanode.getConf()), datanode.getConf());
            if (!(made instanceof DistributedFileSystem hdfs)) {
                made.close();
                throw new IOException("fs.defaultFS of this DataNode is not HDFS: " + made.getUri());
            }
            fs = hdfs;
        }
        return fs.getClient().getNamenode();
    }

    @Override
    public synchronized void close() throws IOException {
        if (fs != null) {
            fs.close();
        }
    }
}
