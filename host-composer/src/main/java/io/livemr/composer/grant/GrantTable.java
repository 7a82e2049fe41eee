package io.livemr.composer.grant;

import io.livemr.composer.image.GuestDisk;
import io.livemr.composer.image.Lease;
import io.livemr.composer.image.MapGuard;
import io.livemr.composer.image.QemuGuard;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import io.livemr.extent.wire.Operation;
import io.livemr.extent.wire.Reason;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The granted files of one VM. Every record is the guest's word: it counts only for a file that was granted in this session,
 * in this epoch, within the file's own disk, and by the way that the file's records come. Only what takes a map back is in force whatever its epoch.
 *
 * <p>Safe to share between threads; one lock, never held while waiting.
 */
public final class GrantTable {

    /** Opens a disk of this VM as the domain definition of this epoch says, or gives the one already open. */
    public interface DiskOpener {
        GuestDisk open(String target) throws IOException;
    }

    /** Sectors of a disk that no record leaves: to decode one before it is known which disk it is about. */
    public static final long ANY_DISK = Long.MAX_VALUE / Extent.SECTOR_BYTES;
    private static final String CHANNEL_LOST = "map_channel_lost";
    private static final UUID ANY_FILE_SYSTEM = new UUID(0, 0);

    private final Map<FileId, GrantedFile> files = new HashMap<>();
    private final GrantLimits limits;
    private final DiskOpener disks;
    private final Lease lease;
    private final QemuGuard qemu;
    private final Map<MapWay, MapGuard> guards;
    private long epoch;

    public GrantTable(final GrantLimits limits, final DiskOpener disks, final Lease lease, final QemuGuard qemu) {
        this.limits = limits;
        this.disks = disks;
        this.lease = lease;
        this.qemu = qemu;
        this.guards = Map.of(MapWay.CHANNEL, qemu.ofLines(), MapWay.DISK, qemu.ofDisk());
    }

    /** A session begins: nothing is granted until the agent says so again. Files nobody follows are forgotten. */
    public synchronized void beginSession(final long newEpoch) {
        raiseEpoch(newEpoch, "session_lost");
        files.values().forEach(GrantedFile::notGranted);
        files.values().removeIf(file -> !file.isFollowed());
    }

    /** Records of an older epoch no longer count; every file waits for its next commit. */
    public synchronized void raiseEpoch(final long newEpoch, final String reason) {
        epoch = newEpoch;
        files.values().forEach(file -> file.newEpoch(reason));
    }

    /** @throws RejectedRecordException {@code too_many_files}. */
    public synchronized GrantedFile grant(final FileId id, final String diskTarget, final MapWay way) throws RejectedRecordException {
        GrantedFile file = files.get(id);
        if (file == null) {
            if (files.size() >= limits.files()) {
                throw new RejectedRecordException(Reason.TOO_MANY_FILES, "fileLimit=" + limits.files());
            }
            file = new GrantedFile(id, limits.extentsPerFile());
            files.put(id, file);
        }
        if (file.isGranted() && !file.comesBy(way, diskTarget)) {
            file.newEpoch("moved");
        }
        file.granted(diskTarget, way);
        if (way == MapWay.DISK && !qemu.isLive()) {
            file.stale(CHANNEL_LOST);
        }
        return file;
    }

    public synchronized Optional<GrantedFile> find(final FileId id) {
        return Optional.ofNullable(files.get(id));
    }

    public synchronized void revoke(final FileId id, final String reason) {
        final GrantedFile file = files.remove(id);
        if (file != null) {
            file.revoked(reason);
        }
    }

    /**
     * Takes the next record of a line out of the buffer.
     *
     * @throws RejectedRecordException with the buffer past the record. Its file, if it is known, has no map any more until the
     *                                 agent announces it again.
     * @throws IOException             if the disk's image cannot be opened; the file is stale.
     */
    public synchronized void accept(final ByteBuffer records, final long lineSequence) throws RejectedRecordException, IOException {
        final MapRecord record = MapRecordCodec.decode(records, ANY_DISK);
        final GrantedFile file = granted(record, MapWay.CHANNEL, null);
        try {
            MapRecordCodec.check(record, open(file).sectors());
            requireSequence(record, lineSequence);
            apply(file, record);
        } catch (final RejectedRecordException e) {
            file.lostRecord(e);
            throw e;
        }
    }

    /**
     * Takes a record of one file that QEMU hands on; {@code VOID} is none of one file.
     *
     * @param record     decoded for {@link #ANY_DISK}.
     * @param diskTarget the disk that it came through; a {@code REVOKE} counts through any.
     * @throws RejectedRecordException as in {@link #accept}.
     * @throws IOException             as in {@link #accept}.
     */
    public synchronized void acceptFromDisk(final MapRecord record, final String diskTarget)
            throws RejectedRecordException, IOException {
        final GrantedFile file = granted(record, MapWay.DISK, diskTarget);
        try {
            MapRecordCodec.check(record, open(file).sectors());
            apply(file, record);
        } catch (final RejectedRecordException e) {
            file.lostRecord(e);
            throw e;
        }
    }

    private GrantedFile granted(final MapRecord record, final MapWay way, final String diskTarget) throws RejectedRecordException {
        final GrantedFile file = files.get(record.file());
        final boolean isRevoke = record.operation() == Operation.REVOKE;
        if (file == null || !file.comesBy(way, isRevoke ? null : diskTarget)) {
            throw new RejectedRecordException(Reason.NOT_GRANTED, "inode=" + record.inode() + " way=" + way + " disk=" + diskTarget);
        }
        if (!isRevoke && record.epoch() != epoch) {
            throw new RejectedRecordException(Reason.STALE_EPOCH, "epoch=" + record.epoch() + " now=" + epoch);
        }
        return file;
    }

    private static void requireSequence(final MapRecord record, final long lineSequence) throws RejectedRecordException {
        if (record.sequence() != (lineSequence & 0xFFFF_FFFFL)) {
            throw new RejectedRecordException(
                    Reason.SEQUENCE_GAP, "record=" + record.sequence() + " line=" + lineSequence);
        }
    }

    private void apply(final GrantedFile file, final MapRecord record) throws RejectedRecordException, IOException {
        file.accept(record);
        switch (record.operation()) {
            case BEGIN -> file.stale("announcing");
            case REVOKE -> file.stale("not_mapped");
            case COMMIT, EXTEND -> {
                if (file.committed().isPresent()) {
                    file.open(file.committed().get(), open(file), guards.get(file.way()), lease);
                }
            }
            default -> { }
        }
    }

    // ---- what QEMU says of many files at once

    /** The connection to QEMU is new or over: what comes through disks is not trusted until it is announced again. */
    public synchronized boolean distrustDisks() {
        return distrust(null, ANY_FILE_SYSTEM, CHANNEL_LOST);
    }

    /** Records of a disk were dropped, and nobody knows which. A null disk is any. */
    public synchronized boolean recordsLost(final String diskTarget) {
        return distrust(diskTarget, ANY_FILE_SYSTEM, "records_lost");
    }

    /** Nothing of a file system is mapped any more, or nothing of the disk. A null disk is any. */
    public synchronized boolean voided(final String diskTarget, final UUID fsUuid) {
        return distrust(diskTarget, fsUuid, "void");
    }

    /** Gives whether that was about any file. */
    private boolean distrust(final String diskTarget, final UUID fsUuid, final String reason) {
        boolean any = false;
        for (final GrantedFile file : files.values()) {
            if (file.comesBy(MapWay.DISK, diskTarget) && (fsUuid.equals(ANY_FILE_SYSTEM) || fsUuid.equals(file.id().fsUuid()))) {
                file.newEpoch(reason);
                any = true;
            }
        }
        return any;
    }

    private GuestDisk open(final GrantedFile file) throws IOException {
        try {
            return disks.open(file.diskTarget());
        } catch (final IOException e) {
            file.stale("image_error");
            throw e;
        }
    }

    public synchronized int size() {
        return files.size();
    }
}
