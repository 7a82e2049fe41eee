package org.apache.hadoop.hdfs.server.datanode.fsdataset.impl;

import io.livemr.hdfs.composer.ComposerReasons;
import io.livemr.hdfs.link.ComposedMount;
import io.livemr.hdfs.link.Link;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.StorageType;
import org.apache.hadoop.hdfs.DFSConfigKeys;
import org.apache.hadoop.hdfs.protocol.Block;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.hdfs.server.common.DataNodeLockManager.LockLevel;
import org.apache.hadoop.hdfs.server.common.HdfsServerConstants.ReplicaState;
import org.apache.hadoop.hdfs.server.common.Storage;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.datanode.DataStorage;
import org.apache.hadoop.hdfs.server.datanode.DatanodeUtil;
import org.apache.hadoop.hdfs.server.datanode.FinalizedReplica;
import org.apache.hadoop.hdfs.server.datanode.Replica;
import org.apache.hadoop.hdfs.server.datanode.ReplicaInfo;
import org.apache.hadoop.hdfs.server.datanode.ReplicaNotFoundException;
import org.apache.hadoop.hdfs.server.datanode.StorageLocation;
import org.apache.hadoop.hdfs.server.datanode.fsdataset.FsVolumeReference;
import org.apache.hadoop.hdfs.server.datanode.fsdataset.FsVolumeSpi;
import org.apache.hadoop.hdfs.server.datanode.fsdataset.LengthInputStream;
import org.apache.hadoop.util.AutoCloseableLock;

/**
 * The DataNode's stock dataset, in which some finalized replicas are links.
 *
 * <p>What the stock code would do to the files of a block, and must not do to a link, is overridden here: reading,
 * recovery, truncation, scanning; what cannot be done to a link is refused one class further up. The class lives in
 * Hadoop's package because the constructor and the replica map are visible only there.
 *
 * <p>The map is changed under the volume's write lock, like everywhere in FsDatasetImpl.
 */
public class LinkFsDataset extends LinkRefusingDataset {

    /** Folder where the composer serves its files; no default, the DataNode does not start without it. */
    public static final String MOUNT_KEY = "livemr.composer.mount";

    private final ComposedMount mount;
    private final boolean syncRecords;
    private final Configuration conf;
    /** Block pools whose replicas are in the map, but not all of whose links are known as such. */
    private final Set<String> loading = ConcurrentHashMap.newKeySet();

    LinkFsDataset(DataNode datanode, DataStorage storage, Configuration conf) throws IOException {
        super(datanode, storage, conf);
        final String root = conf.getTrimmed(MOUNT_KEY, "");
        if (root.isEmpty()) {
            throw new IOException(MOUNT_KEY + " is not set; it must name the composer's mount");
        }
        this.mount = new ComposedMount(Path.of(root), ComposerReasons.from(conf));
        this.conf = conf;
        this.syncRecords = conf.getBoolean(
            DFSConfigKeys.DFS_DATANODE_SYNCONCLOSE_KEY, DFSConfigKeys.DFS_DATANODE_SYNCONCLOSE_DEFAULT);
    }

    public ComposedMount mount() {
        return mount;
    }

    boolean knows(String blockPool, long blockId) {
        return volumeMap.get(blockPool, blockId) != null;
    }

    /** @return the link of this block, or null if it is an ordinary one or none. */
    public Link linkOf(ExtendedBlock block) throws IOException {
        final LinkReplica replica = replicaOf(block.getBlockPoolId(), block.getBlockId());
        return replica == null ? null : replica.link();
    }

    // ---- making and growing links

    /**
     * Makes a block that the NameNode has just allocated a link. Doing it twice is the same as once.
     *
     * @param block id, generation stamp and length as the NameNode gave them.
     */
    public void touchBlock(ExtendedBlock block, String storageId, Link link) throws IOException {
        checkRange(block, link);
        final FsVolumeImpl volume = volumeOf(storageId);
        final String pool = block.getBlockPoolId();
        try (FsVolumeReference ref = volume.obtainReference();
                AutoCloseableLock lock = volumeLock(pool, storageId)) {
            if (!isRepetition(block, link)) {
                final File dir = DatanodeUtil.idToBlockDir(volume.getFinalizedDir(pool), block.getBlockId());
                final LinkReplica replica = new LinkReplica(this, pool, block.getBlockId(), block.getNumBytes(),
                    block.getGenerationStamp(), volume, dir, link);
                LinkFiles.write(replica, link, null, syncRecords);
                volumeMap.add(pool, replica);
                volume.incrNumBlocks(pool);
            }
        }
    }

    private boolean isRepetition(ExtendedBlock block, Link link) throws IOException {
        final ReplicaInfo present = volumeMap.get(block.getBlockPoolId(), block.getBlockId());
        if (present == null) {
            return false;
        }
        if (present instanceof LinkReplica replica && replica.getGenerationStamp() == block.getGenerationStamp()
                && replica.link().equals(link)) {
            return true;
        }
        throw new IOException("the block exists and is not this link: block=" + block + " link=" + link);
    }

    /**
     * Makes a link block longer, under a new generation stamp. The link must begin where it began. The present stamp and
     * length change nothing: a caller asks in this way whether the block is the link it thinks it is.
     *
     * @return whether anything changed.
     */
    public boolean growBlock(ExtendedBlock block, Link link) throws IOException {
        final LinkReplica seen = linkReplica(block);
        checkGrowth(seen, block, link);
        if (isRepetition(seen, block)) {
            return false;
        }
        checkRange(block, link);
        final String pool = block.getBlockPoolId();
        try (AutoCloseableLock lock = volumeLock(pool, seen.getStorageUuid())) {
            final LinkReplica old = linkReplica(block);
            checkGrowth(old, block, link);
            final boolean changes = !isRepetition(old, block);
            if (changes) {
                replace(pool, old, old.getBlockId(), block.getGenerationStamp(), link);
            }
            return changes;
        }
    }

    private static boolean isRepetition(LinkReplica old, ExtendedBlock block) {
        return old.getGenerationStamp() == block.getGenerationStamp() && old.getNumBytes() == block.getNumBytes();
    }

    private static void checkGrowth(LinkReplica old, ExtendedBlock block, Link link) throws IOException {
        final boolean older = block.getGenerationStamp() < old.getGenerationStamp();
        if (older || !old.link().startsLike(link) || link.lengthBytes() < old.getNumBytes()) {
            throw new IOException("not a growth: block=" + block + " link=" + link + " present=" + old.link()
                + " presentGeneration=" + old.getGenerationStamp());
        }
    }

    /** Puts a replica with other files in the place of {@code old}; the volume's lock is held. */
    private LinkReplica replace(String pool, LinkReplica old, long id, long generation, Link link) throws IOException {
        old.link();   // a reader may still hold the old replica, and its record is about to go
        final boolean copy = id != old.getBlockId();
        final FsVolumeImpl volume = (FsVolumeImpl) old.getVolume();
        final File dir = copy ? DatanodeUtil.idToBlockDir(volume.getFinalizedDir(pool), id) : old.dir();
        final LinkReplica replica =
            new LinkReplica(this, pool, id, link.lengthBytes(), generation, volume, dir, link);
        LinkFiles.write(replica, link, copy ? null : old.getMetaFile(), syncRecords);
        volumeMap.add(pool, replica);
        if (copy) {
            volumeMap.add(pool, old);
            volume.incrNumBlocks(pool);
        }
        return replica;
    }

    private void checkRange(ExtendedBlock block, Link link) throws IOException {
        final long fileBytes = mount.lengthBytesOf(link.fileId());
        if (link.lengthBytes() != block.getNumBytes() || link.lengthBytes() == 0 || link.end() > fileBytes) {
            throw new IOException("the link does not fit: block=" + block + " link=" + link
                + " composedFileBytes=" + fileBytes);
        }
    }

    private FsVolumeImpl volumeOf(String storageId) throws IOException {
        for (final FsVolumeImpl volume : getVolumeList()) {
            if (volume.getStorageID().equals(storageId)) {
                return volume;
            }
        }
        throw new IOException("no such storage on this DataNode: storage=" + storageId);
    }

    private AutoCloseableLock volumeLock(String pool, String storageId) {
        return acquireDatasetLockManager().writeLock(LockLevel.VOLUME, pool, storageId);
    }

    private LinkReplica replicaOf(String pool, long blockId) {
        return volumeMap.get(pool, blockId) instanceof LinkReplica replica ? replica : null;
    }

    private LinkReplica linkReplica(ExtendedBlock block) throws IOException {
        final LinkReplica replica = replicaOf(block.getBlockPoolId(), block.getBlockId());
        if (replica == null) {
            throw new ReplicaNotFoundException("not a link on this DataNode: block=" + block);
        }
        return replica;
    }

    // ---- loading

    @Override
    public void addBlockPool(String pool, Configuration poolConf) throws IOException {
        loading.add(pool);
        try {
            super.addBlockPool(pool, poolConf);
            adoptLinks(pool, volumeMap);
        } finally {
            loading.remove(pool);
        }
    }

    void adoptLinks(String pool, ReplicaMap replicas) {
        final List<ReplicaInfo> all = new ArrayList<>();
        replicas.replicas(pool, each -> each.forEachRemaining(all::add));
        final long links = all.stream().filter(replica -> adopt(pool, replica, replicas)).count();
        LOG.info("{} of {} replicas of {} are links", links, all.size(), pool);
    }

    private boolean adopt(String pool, ReplicaInfo replica, ReplicaMap replicas) {
        if (replica instanceof LinkReplica || !(replica instanceof FinalizedReplica plain)
                || !LinkReplica.isLink(plain)) {
            return false;
        }
        replicas.add(pool, LinkReplica.of(this, pool, plain));
        return true;
    }

    /** The first thing a read asks for. Clients know the way here before a restarted DataNode has adopted its links. */
    @Override
    @Deprecated
    public ReplicaInfo getReplica(String pool, long blockId) {
        if (loading.contains(pool)) {
            final ReplicaInfo replica = volumeMap.get(pool, blockId);
            if (replica != null) {
                adopt(pool, replica, volumeMap);
            }
        }
        return volumeMap.get(pool, blockId);
    }

    @Override
    public FsVolumeImpl createFsVolume(String storageId, Storage.StorageDirectory directory, StorageLocation location)
            throws IOException {
        return location.getStorageType() == StorageType.PROVIDED
            ? super.createFsVolume(storageId, directory, location)
            : new LinkVolume(this, storageId, directory, datanode.getFileIoProvider(), conf);
    }

    // ---- recovery

    /** Lease recovery and truncate: only the record changes. Stock code would truncate the files as if they held data. */
    @Override
    public Replica updateReplicaUnderRecovery(ExtendedBlock old, long recoveryId, long newBlockId, long newLength)
            throws IOException {
        final String pool = old.getBlockPoolId();
        final LinkReplica link = underRecovery(pool, old.getBlockId());
        if (link == null) {
            return super.updateReplicaUnderRecovery(old, recoveryId, newBlockId, newLength);
        }
        try (AutoCloseableLock lock = volumeLock(pool, link.getStorageUuid())) {
            checkRecovery(volumeMap.get(pool, old.getBlockId()), recoveryId, link, newLength);
            final boolean copy = newBlockId > 0 && newBlockId != old.getBlockId();
            final LinkReplica recovered = replace(pool, link, copy ? newBlockId : link.getBlockId(), recoveryId,
                link.link().withLength(newLength));
            return copy ? link : recovered;
        }
    }

    private static void checkRecovery(ReplicaInfo underRecovery, long recoveryId, LinkReplica link, long newLength)
            throws IOException {
        if (underRecovery.getRecoveryID() != recoveryId || newLength > link.getNumBytes()) {
            throw new IOException("not this recovery: recoveryId=" + recoveryId + " newLength=" + newLength
                + " replica=" + underRecovery);
        }
    }

    private LinkReplica underRecovery(String pool, long blockId) {
        final ReplicaInfo replica = volumeMap.get(pool, blockId);
        return replica != null && replica.getState() == ReplicaState.RUR
            && replica.getOriginalReplica() instanceof LinkReplica link ? link : null;
    }

    @Override
    public InputStream getBlockInputStream(ExtendedBlock block, long seekOffset) throws IOException {
        final LinkReplica recovering = underRecovery(block.getBlockPoolId(), block.getBlockId());
        return recovering != null
            ? recovering.getDataInputStream(seekOffset) : super.getBlockInputStream(block, seekOffset);
    }

    @Override
    public LengthInputStream getMetaDataInputStream(ExtendedBlock block) throws IOException {
        final LinkReplica recovering = underRecovery(block.getBlockPoolId(), block.getBlockId());
        return recovering != null ? recovering.getMetadataInputStream(0) : super.getMetaDataInputStream(block);
    }

    // ---- scanning

    /**
     * What the DirectoryScanner saw may be older than a growth, so for a link memory is right and disk is mended. A
     * placeholder that memory does not know is taken in as the link it is.
     */
    @Override
    public void checkAndUpdate(String pool, FsVolumeSpi.ScanInfo scanned) throws IOException {
        if (!restored(pool, scanned.getBlockId())) {
            super.checkAndUpdate(pool, scanned);
            final ReplicaInfo replica = volumeMap.get(pool, scanned.getBlockId());
            if (replica != null) {
                adopt(pool, replica, volumeMap);
            }
        }
    }

    /** A read that found a file missing does not make the DataNode forget a link: both files can be made again. */
    @Override
    public void invalidateMissingBlock(String pool, Block block) {
        try {
            if (restored(pool, block.getBlockId())) {
                return;
            }
        } catch (IOException e) {
            LOG.warn("cannot restore the files of a link: {}", block, e);
        }
        super.invalidateMissingBlock(pool, block);
    }

    private boolean restored(String pool, long blockId) throws IOException {
        final LinkReplica seen = replicaOf(pool, blockId);
        if (seen == null) {
            return false;
        }
        try (AutoCloseableLock lock = volumeLock(pool, seen.getStorageUuid())) {
            final LinkReplica replica = replicaOf(pool, blockId);
            if (replica != null) {
                LinkFiles.restore(replica, syncRecords);
            }
            return replica != null;
        }
    }

    @Override
    boolean isLink(ExtendedBlock block) {
        return replicaOf(block.getBlockPoolId(), block.getBlockId()) != null;
    }
}
