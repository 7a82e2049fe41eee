package org.apache.hadoop.hdfs.server.datanode.fsdataset.impl;

import io.livemr.failpoint.FailPoints;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.datanode.DataStorage;
import org.apache.hadoop.hdfs.server.datanode.fsdataset.FsDatasetSpi;

/** The value of {@code dfs.datanode.fsdataset.factory}: a DataNode's stock dataset that also knows links. */
public class LinkFsDatasetFactory extends FsDatasetSpi.Factory<FsDatasetImpl> {

    @Override
    public FsDatasetImpl newInstance(DataNode datanode, DataStorage storage, Configuration conf) throws IOException {
        FailPoints.armFromEnvironment();
        return new LinkFsDataset(datanode, storage, conf);
    }
}
