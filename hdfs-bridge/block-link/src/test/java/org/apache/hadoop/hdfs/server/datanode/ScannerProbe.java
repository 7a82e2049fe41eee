package org.apache.hadoop.hdfs.server.datanode;

import org.apache.hadoop.hdfs.protocol.ExtendedBlock;

/** Lets a test make the block scanner look at one block now; the scanner is visible only in Hadoop's package. */
public final class ScannerProbe {

    private ScannerProbe() {
    }

    public static void scanSoon(DataNode datanode, ExtendedBlock block) {
        datanode.getBlockScanner().markSuspectBlock(storageOf(datanode, block), block);
    }

    /** How many scans of this block's volume ended, well or badly. */
    public static long scansEnded(DataNode datanode, ExtendedBlock block) {
        final VolumeScanner.Statistics seen =
            datanode.getBlockScanner().getVolumeStats(storageOf(datanode, block));
        return seen.blocksScannedSinceRestart + seen.scanErrorsSinceRestart;
    }

    private static String storageOf(DataNode datanode, ExtendedBlock block) {
        return datanode.getFSDataset().getVolume(block).getStorageID();
    }
}
