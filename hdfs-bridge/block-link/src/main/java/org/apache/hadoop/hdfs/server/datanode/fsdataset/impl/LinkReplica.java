package org.apache.hadoop.hdfs.server.datanode.fsdataset.impl;

import io.livemr.hdfs.link.ComposedMount;
import io.livemr.hdfs.link.Link;
import io.livemr.hdfs.link.LinkCodec;
import io.livemr.hdfs.link.LinkInputStream;
import io.livemr.hdfs.link.LinkUnreadableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.hdfs.server.datanode.BlockMetadataHeader;
import org.apache.hadoop.hdfs.server.datanode.FinalizedReplica;
import org.apache.hadoop.hdfs.server.datanode.fsdataset.FsVolumeSpi;
import org.apache.hadoop.hdfs.server.datanode.fsdataset.LengthInputStream;
import org.apache.hadoop.util.DataChecksum;

/**
 * A finalized replica whose bytes are a range of a composed file.
 *
 * <pre>
 *  blk_N          empty and sparse, as long as the block: what scanners, upgrades and du look at
 *  blk_N_GS.meta  the link (LinkCodec)
 * </pre>
 *
 * Readers are given an empty NULL-checksum header in place of the meta file: live bytes change, so stored checksums
 * would be wrong, and the composer guards every read instead. The link is read from disk when it is first needed.
 *
 * <p>The placeholder's length is the block's; the record may be longer (a growth that did not end), never shorter.
 */
final class LinkReplica extends FinalizedReplica {

    private static final byte[] NULL_HEADER = nullHeader();

    private final String blockPool;
    private final LinkFsDataset dataset;
    private volatile Link link;

    /** @param link null to read it from the meta file when it is needed. */
    LinkReplica(LinkFsDataset dataset, String blockPool, long id, long lengthBytes, long generation, FsVolumeSpi volume,
            File dir, Link link) {
        super(id, lengthBytes, generation, volume, dir);
        this.dataset = dataset;
        this.blockPool = blockPool;
        this.link = link;
    }

    /** Tells a link from an ordinary block by the length of its meta file, without opening it. */
    static boolean isLink(FinalizedReplica replica) {
        return replica.getMetaFile().length() == LinkCodec.META_BYTES;
    }

    /** The same replica as {@code plain}, which was loaded from disk by someone who does not know links. */
    static LinkReplica of(LinkFsDataset dataset, String blockPool, FinalizedReplica plain) {
        return new LinkReplica(dataset, blockPool, plain.getBlockId(), plain.getNumBytes(), plain.getGenerationStamp(),
            plain.getVolume(), plain.getBlockFile().getParentFile(), null);
    }

    Link link() throws IOException {
        if (link == null) {
            link = recorded();
        }
        return link;
    }

    private Link recorded() throws IOException {
        final Link record;
        try {
            record = LinkCodec.decode(Files.readAllBytes(getMetaFile().toPath()));
        } catch (IOException e) {
            throw new LinkUnreadableException(getBlockName() + " has no readable link: " + e.getMessage(), e);
        }
        if (record.lengthBytes() < getNumBytes()) {
            throw new LinkUnreadableException(getBlockName() + " is longer than its link: blockBytes=" + getNumBytes()
                + " link=" + record, null);
        }
        return record.withLength(getNumBytes());
    }

    File dir() {
        return getDir();
    }

    @Override
    public InputStream getDataInputStream(long seekOffset) throws IOException {
        final ComposedMount mount = dataset.mount();
        return LinkInputStream.open(mount, link(), seekOffset);
    }

    @Override
    public LengthInputStream getMetadataInputStream(long offset) {
        final InputStream header = new ByteArrayInputStream(
            NULL_HEADER, (int) Math.min(offset, NULL_HEADER.length), NULL_HEADER.length);
        return new LengthInputStream(header, NULL_HEADER.length);
    }

    /** Nothing once the replica has left the map: deleting a link frees no space, and usage must not go negative. */
    @Override
    public long getBlockDataLength() {
        return dataset.knows(blockPool, getBlockId()) ? getNumBytes() : 0;
    }

    @Override
    public long getMetadataLength() {
        return dataset.knows(blockPool, getBlockId()) ? NULL_HEADER.length : 0;
    }

    @Override
    public void loadLastPartialChunkChecksum() {
        setLastPartialChunkChecksum(null);
    }

    @Override
    public boolean breakHardLinksIfNeeded() {
        return true;
    }

    @Override
    public boolean getPinning(LocalFileSystem localFS) {
        return true;
    }

    @Override
    public OutputStream getDataOutputStream(boolean append) throws IOException {
        throw refused("writing");
    }

    @Override
    public OutputStream getMetadataOutputStream(boolean append) throws IOException {
        throw refused("writing");
    }

    @Override
    public void truncateBlock(long newLength) throws IOException {
        throw refused("truncating in place");
    }

    @Override
    public void copyBlockdata(URI destination) throws IOException {
        throw refused("copying");
    }

    @Override
    public void copyMetadata(URI destination) throws IOException {
        throw refused("copying");
    }

    private IOException refused(String what) {
        return new IOException(what + " is refused: " + getBlockName() + " is a link, pinned to its DataNode");
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    private static byte[] nullHeader() {
        final ByteArrayOutputStream header = new ByteArrayOutputStream();
        try {
            BlockMetadataHeader.writeHeader(
                new DataOutputStream(header), DataChecksum.newDataChecksum(DataChecksum.Type.NULL, 512));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return header.toByteArray();
    }
}
