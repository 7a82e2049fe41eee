package io.livemr.hdfs.client;

import io.livemr.hdfs.link.ComposedName;
import io.livemr.hdfs.rpc.Follow;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.UUID;
import org.apache.hadoop.crypto.CryptoProtocolVersion;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.XAttr;
import org.apache.hadoop.fs.XAttrSetFlag;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.XAttrHelper;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.apache.hadoop.io.EnumSetWritable;
import org.apache.hadoop.ipc.RemoteException;

/**
 * Makes HDFS files out of composed files, and makes them longer. One operation at a time on one file; different files
 * may be worked on by different threads.
 */
public final class LinkClient implements Closeable {

    /** Extended attribute of a linked HDFS file: the name of the composed file. */
    public static final String SOURCE_ATTRIBUTE = "user.livemr.source";

    private final ClientProtocol namenode;
    private final String clientName;
    private final LinkDataNodeFinder finder;

    public LinkClient(DistributedFileSystem fs) {
        this.namenode = fs.getClient().getNamenode();
        this.clientName = "LiveMR_" + UUID.randomUUID();
        this.finder = new LinkDataNodeFinder(namenode, fs.getConf());
    }

    /**
     * Makes {@code path} a new HDFS file whose bytes are the first {@code lengthBytes} of the composed file. If that
     * fails, nothing is left behind.
     *
     * @param follow whether it grows from now on as the composed file grows.
     * @throws org.apache.hadoop.fs.FileAlreadyExistsException if there is something at {@code path}.
     */
    public Composition compose(String path, String composedFile, long lengthBytes, long blockSizeBytes, boolean follow)
            throws IOException {
        final long fileId = ComposedName.idOf(composedFile);
        final LinkDataNode datanode = finder.find(fileId);
        final HdfsFileStatus file = create(path, blockSizeBytes);
        try {
            final LinkedFileWriter writer =
                new LinkedFileWriter(namenode, clientName, path, file, fileId, datanode);
            writer.addBlocks(lengthBytes);
            writer.complete();
            namenode.setXAttr(path, sourceAttribute(composedFile), EnumSet.of(XAttrSetFlag.CREATE));
            if (follow) {
                datanode.operations().follow(new Follow(file.getFileId(), fileId, blockSizeBytes));
            }
            return new Composition(file.getFileId(), lengthBytes, writer.blocksAdded(), blockSizeBytes);
        } catch (IOException | RuntimeException e) {
            removeAfter(e, path, file);
            throw e;
        }
    }

    private HdfsFileStatus create(String path, long blockSizeBytes) throws IOException {
        try {
            return namenode.create(path, FsPermission.getFileDefault(), clientName,
                new EnumSetWritable<>(EnumSet.of(CreateFlag.CREATE)), true, (short) 1, blockSizeBytes,
                CryptoProtocolVersion.supported(), null, null);
        } catch (RemoteException e) {
            throw e.unwrapRemoteException();
        }
    }

    private static XAttr sourceAttribute(String composedFile) {
        return XAttrHelper.buildXAttr(SOURCE_ATTRIBUTE, composedFile.getBytes(StandardCharsets.UTF_8));
    }

    /** Only the file we made: someone may have renamed it, and put another in its place. */
    private void removeAfter(Exception failure, String path, HdfsFileStatus file) {
        try {
            final HdfsFileStatus there = namenode.getFileInfo(path);
            if (there != null && there.getFileId() == file.getFileId()) {
                namenode.delete(path, false);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Asks the DataNode to grow the file from now on as the composed file grows. */
    public void follow(Composition composition, String composedFile) throws IOException {
        final long fileId = ComposedName.idOf(composedFile);
        finder.find(fileId).operations()
            .follow(new Follow(composition.inodeId(), fileId, composition.blockSizeBytes()));
    }

    public void unfollow(long inodeId, String composedFile) throws IOException {
        finder.find(ComposedName.idOf(composedFile)).operations().unfollow(inodeId);
    }

    /**
     * Makes a linked file longer, to the first {@code toBytes} of its composed file. A file that is as long already is
     * left as it is.
     *
     * @param path may be of the form {@code /.reserved/.inodes/N}.
     * @return how long it is now, in bytes.
     */
    public long grow(String path, String composedFile, long toBytes) throws IOException {
        return new LinkGrowth(namenode, clientName, finder.find(ComposedName.idOf(composedFile)))
            .grow(path, ComposedName.idOf(composedFile), toBytes);
    }

    @Override
    public void close() {
        finder.close();
    }
}
