package io.livemr.hdfs.client;

import io.livemr.failpoint.FailPoint;
import io.livemr.hdfs.link.Link;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.hdfs.AddBlockFlag;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.DatanodeReportType;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.apache.hadoop.hdfs.server.namenode.NotReplicatedYetException;
import org.apache.hadoop.ipc.RemoteException;

/**
 * One HDFS file under our lease: adds linked blocks to its end until it is completed. Byte N of the HDFS file is byte N
 * of the composed file. For one thread.
 */
final class LinkedFileWriter {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long RENEW_NANOS = TimeUnit.SECONDS.toNanos(15);   // the soft limit is 60 s
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ClientProtocol namenode;
    private final String clientName;
    private final String path;
    private final HdfsFileStatus file;
    private final long composedFileId;
    private final LinkDataNode datanode;
    private DatanodeInfo[] otherDatanodes;
    private ExtendedBlock last;
    private long lengthBytes;
    private int blocksAdded;
    private long leasedAt = System.nanoTime();

    LinkedFileWriter(ClientProtocol namenode, String clientName, String path, HdfsFileStatus file, long composedFileId,
            LinkDataNode datanode) {
        this.namenode = namenode;
        this.clientName = clientName;
        this.path = path;
        this.file = file;
        this.composedFileId = composedFileId;
        this.datanode = datanode;
        this.lengthBytes = file.getLen();
    }

    /**
     * Refills the last block, which {@code append} has opened, and gives it the length it has now.
     *
     * <p>The report goes first and travels while {@code updatePipeline} does. The NameNode keeps a replica of a block under construction whose stamp is newer than
     * its own (BlockManager.checkReplicaCorrupt, setGenerationStampAndVerifyReplicas), and can complete the block at once. It hears of the new length only by what comes
     * next, {@code addBlock} or {@code complete} (BlockManager.commitBlock): who sees the file longer finds its last block committed, and complete unless the
     * report is late, and need not ask the DataNode how long it is, over a connection of its own (DFSInputStream.readBlockLength).
     */
    void growLast(LocatedBlock opened, long toBytes) throws IOException {
        requireLocation(opened);
        final ExtendedBlock old = opened.getBlock();
        final long start = lengthBytes - old.getNumBytes();
        final long grownBytes = Math.min(file.getBlockSize(), toBytes - start);
        final long generation = namenode.updateBlockForPipeline(old, clientName).getBlock().getGenerationStamp();
        FailPoint.APPEND_STAMPED.passOrFail();
        final ExtendedBlock grown = new ExtendedBlock(old.getBlockPoolId(), old.getBlockId(), grownBytes, generation);
        datanode.operations().growBlock(grown, new Link(composedFileId, start, grownBytes));
        FailPoint.APPEND_GROWN.passOrFail();
        datanode.operations().reportBlock(grown, opened.getStorageIDs()[0]);
        FailPoint.APPEND_REPORTED.passOrFail();
        final ExtendedBlock stamped = new ExtendedBlock(old.getBlockPoolId(), old.getBlockId(), old.getNumBytes(), generation);
        namenode.updatePipeline(clientName, old, stamped, opened.getLocations(), opened.getStorageIDs());
        FailPoint.APPEND_UPDATED.passOrFail();
        last = grown;
        lengthBytes = start + grownBytes;
    }

    /**
     * A NameNode that has just started does not know yet where blocks are. Its client library would fail on that with an
     * exception that leaves a call id behind in this thread, and then refuse every later call (Client.setCallIdAndRetryCount).
     */
    static void requireLocation(LocatedBlock block) throws IOException {
        if (block.getLocations().length == 0 || block.getStorageIDs() == null) {
            throw new IOException("the NameNode does not know yet where the block is: block=" + block.getBlock()
                + "; it will when the DataNode has reported");
        }
    }

    /** Adds blocks until the file has {@code toBytes} bytes. */
    void addBlocks(long toBytes) throws IOException {
        if (lengthBytes < toBytes) {
            // Favoured nodes are only a hint to the NameNode; leaving out all others is not.
            otherDatanodes = Arrays.stream(namenode.getDatanodeReport(DatanodeReportType.LIVE))
                .filter(node -> !node.getDatanodeUuid().equals(datanode.uuid())).toArray(DatanodeInfo[]::new);
        }
        while (lengthBytes < toBytes) {
            final long blockBytes = Math.min(file.getBlockSize(), toBytes - lengthBytes);
            last = addBlock(new Link(composedFileId, lengthBytes, blockBytes));
            lengthBytes += blockBytes;
            blocksAdded++;
            renewLeaseInTime();
        }
    }

    private ExtendedBlock addBlock(Link link) throws IOException {
        final LocatedBlock located = allocate();
        final ExtendedBlock block = new ExtendedBlock(located.getBlock());
        block.setNumBytes(link.lengthBytes());
        datanode.operations().touchBlock(block, located.getStorageIDs()[0], link);
        return block;
    }

    private LocatedBlock allocate() throws IOException {
        final LocatedBlock located = new BusyDataNode().outwait(() -> retrying("add a block", this::askForABlock));
        final DatanodeInfo[] where = located.getLocations();
        if (where.length != 1 || !where[0].getDatanodeUuid().equals(datanode.uuid())) {
            throw new IOException("the NameNode put the block elsewhere: wanted=" + datanode.uuid()
                + " got=" + Arrays.toString(where));
        }
        return located;
    }

    /** @return null while the DataNode's report of the previous block is still under way. */
    private LocatedBlock askForABlock() throws IOException {
        try {
            return namenode.addBlock(path, clientName, last, otherDatanodes, file.getFileId(), null, EnumSet.noneOf(AddBlockFlag.class));
        } catch (RemoteException e) {
            if (e.getClassName().equals(NotReplicatedYetException.class.getName())) {
                return null;
            }
            throw e.unwrapRemoteException();
        }
    }

    void complete() throws IOException {
        retrying("close the file",
            () -> namenode.complete(path, clientName, last, file.getFileId()) ? Boolean.TRUE : null);
    }

    int blocksAdded() {
        return blocksAdded;
    }

    long lengthBytes() {
        return lengthBytes;
    }

    private interface Attempt<T> {
        /** @return null to be tried again. */
        T make() throws IOException;
    }

    private <T> T retrying(String what, Attempt<T> attempt) throws IOException {
        final long start = System.nanoTime();
        for (T result = attempt.make();; result = attempt.make()) {
            if (result != null) {
                return result;
            }
            if (System.nanoTime() - start > PATIENCE_NANOS || Thread.currentThread().isInterrupted()) {
                throw new IOException("the NameNode would not " + what + ": path=" + path + " afterMillis="
                    + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + "; is the DataNode reporting?");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void renewLeaseInTime() throws IOException {
        if (System.nanoTime() - leasedAt > RENEW_NANOS) {
            namenode.renewLease(clientName, null);
            leasedAt = System.nanoTime();
        }
    }
}
