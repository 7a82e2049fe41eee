package io.livemr.extent.wire;

import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import java.util.Objects;
import java.util.UUID;

/**
 * One thing a guest says about one of its files.
 *
 * <p>Inode, generation, epoch, sectors and sequence are unsigned 32-bit numbers; offsets and lengths are bytes;
 * sectors are 512 bytes, counted from the start of the whole virtual disk. A field that the operation does not
 * use is 0. Every field is the guest's word; {@link MapRecordCodec#decode} says what it checks.
 *
 * <p>Layout: docs/protocol.md, section 2. Immutable, safe to share between threads.
 */
public record MapRecord(
        Operation operation,
        long inode,
        long generation,
        long epoch,
        UUID fsUuid,
        long fileOffsetBytes,
        long startSector,
        long sectors,
        long sequence,
        long lengthBytes) {

    public MapRecord {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(fsUuid, "fsUuid");
    }

    public static MapRecord begin(final FileId file, final long epoch, final long sequence) {
        return of(Operation.BEGIN, file, epoch, sequence, 0);
    }

    public static MapRecord commit(
            final FileId file, final long epoch, final long sequence, final long lengthBytes) {
        return of(Operation.COMMIT, file, epoch, sequence, lengthBytes);
    }

    public static MapRecord revoke(final FileId file, final long epoch, final long sequence) {
        return of(Operation.REVOKE, file, epoch, sequence, 0);
    }

    public static MapRecord extend(
            final FileId file, final long epoch, final long sequence, final long lengthBytes) {
        return of(Operation.EXTEND, file, epoch, sequence, lengthBytes);
    }

    /** {@code VOID}; a UUID of zeros means every file system of the disk. */
    public static MapRecord voidOf(final UUID fsUuid) {
        return of(Operation.VOID, new FileId(fsUuid, 0, 0), 0, 0, 0);
    }

    /** {@code DATA} or {@code ZEROS}; the extent must not be longer than {@link MapRecordCodec#MAX_EXTENT_BYTES}. */
    public static MapRecord extent(final FileId file, final long epoch, final long sequence, final Extent extent) {
        return new MapRecord(
                extent.isZeros() ? Operation.ZEROS : Operation.DATA,
                file.inode(), file.generation(), epoch, file.fsUuid(),
                extent.fileOffsetBytes(), extent.isZeros() ? 0 : extent.startSector(),
                extent.lengthBytes() / Extent.SECTOR_BYTES, sequence, 0);
    }

    /** This record with the file's length as of the write that it tells of, or as of the commit. */
    public MapRecord withLength(final long fileLengthBytes) {
        return new MapRecord(operation, inode, generation, epoch, fsUuid, fileOffsetBytes, startSector, sectors,
                sequence, fileLengthBytes);
    }

    private static MapRecord of(
            final Operation operation, final FileId file, final long epoch, final long sequence,
            final long lengthBytes) {
        return new MapRecord(
                operation, file.inode(), file.generation(), epoch, file.fsUuid(), 0, 0, 0, sequence, lengthBytes);
    }

    public FileId file() {
        return new FileId(fsUuid, inode, generation);
    }

    /** The extent of a {@code DATA} or {@code ZEROS} record. */
    public Extent extent() {
        if (!operation.carriesExtent()) {
            throw new IllegalStateException("no extent in operation=" + operation);
        }
        return new Extent(
                fileOffsetBytes,
                operation == Operation.ZEROS ? Extent.ZEROS : startSector,
                sectors * Extent.SECTOR_BYTES);
    }
}
