package io.livemr.hdfs.client;

import io.livemr.failpoint.FailPoint;
import io.livemr.hdfs.link.Link;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.EnumSet;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;
import org.apache.hadoop.hdfs.protocol.LastBlockWithStatus;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.apache.hadoop.hdfs.protocol.LocatedBlocks;
import org.apache.hadoop.io.EnumSetWritable;
import org.apache.hadoop.ipc.RemoteException;

/**
 * Makes one linked HDFS file longer. The file is closed before and after, so readers and other writers see an ordinary
 * file; open streams keep the length they saw.
 *
 * <pre>
 *  NameNode   append ► updateBlockForPipeline ───────────────────────────► updatePipeline ► addBlock* ─────────────► complete
 *  DataNode                                   ► GROW_BLOCK ► REPORT_BLOCK                           ► TOUCH_BLOCK*
 * </pre>
 */
public final class LinkGrowth {

    private final ClientProtocol namenode;
    private final String clientName;
    private final LinkDataNode datanode;

    /** @param clientName holder of the lease while the file grows. */
    public LinkGrowth(ClientProtocol namenode, String clientName, LinkDataNode datanode) {
        this.namenode = namenode;
        this.clientName = clientName;
        this.datanode = datanode;
    }

    /** @return how long it is now, in bytes. */
    public long grow(String path, long composedFileId, long toBytes) throws IOException {
        try {
            return growTo(path, composedFileId, toBytes);
        } catch (RemoteException e) {
            throw e.unwrapRemoteException();
        }
    }

    private long growTo(String path, long composedFileId, long toBytes) throws IOException {
        final LocatedBlocks now = namenode.getBlockLocations(path, 0, 1);
        if (now == null) {
            throw new FileNotFoundException("no such HDFS file: path=" + path);
        }
        // A growth that ended between its last block and its close left the file open, with all of its blocks complete.
        if (!now.isUnderConstruction() && now.getFileLength() >= toBytes) {
            return now.getFileLength();
        }
        checkLastBlock(now, composedFileId);
        return append(path, composedFileId, toBytes);
    }

    private long append(String path, long composedFileId, long toBytes) throws IOException {
        FailPoint.APPEND_WANTED.passOrFail();
        final LastBlockWithStatus opened =
            namenode.append(path, clientName, new EnumSetWritable<>(EnumSet.of(CreateFlag.APPEND)));
        FailPoint.APPEND_OPENED.passOrFail();
        final LinkedFileWriter writer = new LinkedFileWriter(
            namenode, clientName, path, opened.getFileStatus(), composedFileId, datanode);
        if (opened.getLastBlock() != null) {
            writer.growLast(opened.getLastBlock(), toBytes);
        }
        writer.addBlocks(toBytes);
        FailPoint.APPEND_FILLED.passOrFail();
        writer.complete();
        FailPoint.APPEND_CLOSED.passOrFail();
        return writer.lengthBytes();
    }

    /**
     * Someone may have appended ordinary blocks (append with NEW_BLOCK works on a linked file). What came after would
     * stand at the wrong offset, so such a file is not grown.
     */
    private void checkLastBlock(LocatedBlocks now, long composedFileId) throws IOException {
        final LocatedBlock last = now.getLastLocatedBlock();
        if (last != null && now.isLastBlockComplete()) {
            LinkedFileWriter.requireLocation(last);
            datanode.operations().growBlock(
                last.getBlock(), new Link(composedFileId, last.getStartOffset(), last.getBlockSize()));
        }
    }
}
