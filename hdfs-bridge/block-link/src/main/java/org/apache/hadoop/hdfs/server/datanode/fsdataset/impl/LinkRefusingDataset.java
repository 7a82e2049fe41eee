package org.apache.hadoop.hdfs.server.datanode.fsdataset.impl;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.StorageType;
import org.apache.hadoop.hdfs.protocol.BlockLocalPathInfo;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.hdfs.server.common.HdfsServerConstants.ReplicaState;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.datanode.DataStorage;
import org.apache.hadoop.hdfs.server.datanode.ReplicaHandler;
import org.apache.hadoop.hdfs.server.datanode.ReplicaInfo;
import org.apache.hadoop.hdfs.server.datanode.UnexpectedReplicaStateException;
import org.apache.hadoop.hdfs.server.datanode.fsdataset.FsVolumeSpi;

/** What cannot be done to a link: append, copy, move, handing out paths. Everything else is FsDatasetImpl's. */
abstract class LinkRefusingDataset extends FsDatasetImpl {

    LinkRefusingDataset(DataNode datanode, DataStorage storage, Configuration conf) throws IOException {
        super(datanode, storage, conf);
    }

    abstract boolean isLink(ExtendedBlock block);

    /**
     * Asked before a replica is copied to another DataNode ({@code DataNode.transferBlock}). A copy would go stale with
     * the next growth and outlive a revoked grant, so it is refused in the one way that reports nothing as bad.
     */
    @Override
    public void checkBlock(ExtendedBlock block, long minLength, ReplicaState state) throws IOException {
        if (isLink(block)) {
            throw new UnexpectedReplicaStateException("a link cannot be replicated: block=" + block);
        }
        super.checkBlock(block, minLength, state);
    }

    @Override
    public boolean getPinning(ExtendedBlock block) throws IOException {
        return isLink(block) || super.getPinning(block);
    }

    @Override
    public ReplicaHandler append(ExtendedBlock block, long newGeneration, long expectedLength) throws IOException {
        refuseLink(block, "append");
        return super.append(block, newGeneration, expectedLength);
    }

    @Override
    public ReplicaHandler recoverAppend(ExtendedBlock block, long newGeneration, long expectedLength)
            throws IOException {
        refuseLink(block, "append");
        return super.recoverAppend(block, newGeneration, expectedLength);
    }

    @Override
    public ReplicaInfo moveBlockAcrossStorage(ExtendedBlock block, StorageType target, String targetStorage)
            throws IOException {
        refuseLink(block, "move");
        return super.moveBlockAcrossStorage(block, target, targetStorage);
    }

    @Override
    public ReplicaInfo moveBlockAcrossVolumes(ExtendedBlock block, FsVolumeSpi destination) throws IOException {
        refuseLink(block, "move");
        return super.moveBlockAcrossVolumes(block, destination);
    }

    @Override
    public BlockLocalPathInfo getBlockLocalPathInfo(ExtendedBlock block) throws IOException {
        refuseLink(block, "reading by path");
        return super.getBlockLocalPathInfo(block);
    }

    private void refuseLink(ExtendedBlock block, String what) throws IOException {
        if (isLink(block)) {
            throw new IOException(what + " is refused: the block is a link: block=" + block);
        }
    }
}
