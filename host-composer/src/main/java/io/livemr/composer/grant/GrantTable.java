package io.livemr.composer.grant;

import io.livemr.composer.image.GuestDisk;
import io.livemr.composer.image.Lease;
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

/**
 * The granted files of one VM. Every record is the guest's word: it counts only for a file that was granted in this session,
 * in this epoch, within the file's own disk.
 *
 * <p>Safe to share between threads; one lock, never held while waiting.
 */
public final class GrantTable {

    /** Opens a disk of this VM as the domain definition of this epoch says, or gives the one already open. */
    public interface DiskOpener {
        GuestDisk open(String target) throws IOException;
    }

    private static final long ANY_DISK = Long.MAX_VALUE / Extent.SECTOR_BYTES;

    private final Map<FileId, GrantedFile> files = new HashMap<>();
    private final GrantLimits limits;
    private final DiskOpener disks;
    private final Lease lease;
    private long epoch;

    public GrantTable(final GrantLimits limits, final DiskOpener disks, final Lease lease) {
        this.limits = limits;
        this.disks = disks;
        this.lease = lease;
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
    public synchronized GrantedFile grant(final FileId id, final String diskTarget) throws RejectedRecordException {
        GrantedFile file = files.get(id);
        if (file == null) {
            if (files.size() >= limits.files()) {
                throw new RejectedRecordException(Reason.TOO_MANY_FILES, "fileLimit=" + limits.files());
            }
            file = new GrantedFile(id, limits.extentsPerFile());
            files.put(id, file);
        }
        if (file.isGranted() && !file.diskTarget().equals(diskTarget)) {
            file.newEpoch("moved");
        }
        file.granted(diskTarget);
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
     * Takes the next record out of the buffer.
     *
     * @throws RejectedRecordException with the buffer past the record. Its file, if it is known, has no map any more until the
     *                                 agent announces it again.
     * @throws IOException             if the disk's image cannot be opened; the file is stale.
     */
    public synchronized void accept(final ByteBuffer records, final long lineSequence) throws RejectedRecordException, IOException {
        final int start = records.position();
        final MapRecord unchecked = MapRecordCodec.decode(records, ANY_DISK);
        final GrantedFile file = files.get(unchecked.file());
        if (file == null || !file.isGranted()) {
            throw new RejectedRecordException(Reason.NOT_GRANTED, "inode=" + unchecked.inode());
        }
        if (unchecked.epoch() != epoch) {
            throw new RejectedRecordException(Reason.STALE_EPOCH, "epoch=" + unchecked.epoch() + " now=" + epoch);
        }
        try {
            final long sectors = open(file).sectors();
            final MapRecord record = MapRecordCodec.decode(records.duplicate().position(start), sectors);
            requireSequence(record, lineSequence);
            apply(file, record);
        } catch (final RejectedRecordException e) {
            file.lostRecord(e);
            throw e;
        }
    }

    private static void requireSequence(final MapRecord record, final long lineSequence) throws RejectedRecordException {
        if (record.sequence() != (lineSequence & 0xFFFF_FFFFL)) {
            throw new RejectedRecordException(
                    Reason.SEQUENCE_GAP, "record=" + record.sequence() + " line=" + lineSequence);
        }
    }

    private void apply(final GrantedFile file, final MapRecord record) throws RejectedRecordException, IOException {
        file.accept(record);
        if (record.operation() == Operation.COMMIT) {
            file.open(file.committed(), open(file), lease);
        } else if (record.operation() == Operation.BEGIN) {
            file.stale("announcing");
        } else if (record.operation() == Operation.REVOKE) {
            file.stale("not_mapped");
        }
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
