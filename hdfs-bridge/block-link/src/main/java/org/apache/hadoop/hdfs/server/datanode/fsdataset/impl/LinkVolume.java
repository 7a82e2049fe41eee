package org.apache.hadoop.hdfs.server.datanode.fsdataset.impl;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DF;
import org.apache.hadoop.hdfs.server.common.Storage;
import org.apache.hadoop.hdfs.server.datanode.FileIoProvider;

/** A volume added to a running DataNode; its links are links before anyone can see its replicas. */
final class LinkVolume extends FsVolumeImpl {

    private final LinkFsDataset dataset;

    LinkVolume(LinkFsDataset dataset, String storageId, Storage.StorageDirectory directory, FileIoProvider fileIo,
            Configuration conf) throws IOException {
        super(dataset, storageId, directory, fileIo, conf, new DF(directory.getCurrentDir().getParentFile(), conf));
        this.dataset = dataset;
    }

    @Override
    void getVolumeMap(String blockPool, ReplicaMap replicas, RamDiskReplicaTracker ramDisk) throws IOException {
        super.getVolumeMap(blockPool, replicas, ramDisk);
        dataset.adoptLinks(blockPool, replicas);
    }
}
