package io.livemr.extent.wire;

import io.livemr.extent.Extent;

/**
 * What a record may say, whoever sent it. Sums that a hostile guest could overflow are written as differences.
 * A wire value of 2^63 or more arrives here as a negative number.
 */
final class MapRecordRules {

    /** Past it, a sector's offset in bytes is no {@code long}. */
    private static final long DISK_LIMIT_SECTORS = Long.MAX_VALUE / Extent.SECTOR_BYTES;

    private MapRecordRules() {
    }

    static void check(final MapRecord record, final long diskSectors) throws RejectedRecordException {
        checkUnusedFields(record);
        if (record.operation().carriesExtent()) {
            checkFileRange(record);
        }
        if (record.operation() == Operation.DATA) {
            checkDiskRange(record, diskSectors);
        }
        reject(record.lengthBytes() < 0, Reason.OVERFLOW, "lengthBytes", record.lengthBytes());
    }

    private static void checkUnusedFields(final MapRecord record) throws RejectedRecordException {
        final Operation operation = record.operation();
        if (!operation.carriesLength()) {
            reject(record.lengthBytes() != 0, Reason.MALFORMED, "unused lengthBytes", record.lengthBytes());
        }
        if (operation != Operation.DATA) {
            reject(record.startSector() != 0, Reason.MALFORMED, "unused startSector", record.startSector());
        }
        if (!operation.carriesExtent()) {
            reject(record.fileOffsetBytes() != 0,
                    Reason.MALFORMED, "unused fileOffsetBytes", record.fileOffsetBytes());
            reject(record.sectors() != 0, Reason.MALFORMED, "unused sectors", record.sectors());
        }
        if (operation == Operation.VOID) {
            reject(record.inode() != 0, Reason.MALFORMED, "unused inode", record.inode());
            reject(record.generation() != 0, Reason.MALFORMED, "unused generation", record.generation());
            reject(record.epoch() != 0, Reason.MALFORMED, "unused epoch", record.epoch());
        }
    }

    private static void checkFileRange(final MapRecord record) throws RejectedRecordException {
        final long offsetBytes = record.fileOffsetBytes();
        final long lengthBytes = record.sectors() * Extent.SECTOR_BYTES;
        reject(lengthBytes == 0, Reason.EMPTY_EXTENT, "sectors", 0);
        reject(offsetBytes % Extent.SECTOR_BYTES != 0, Reason.MISALIGNED, "fileOffsetBytes", offsetBytes);
        reject(offsetBytes < 0 || offsetBytes > Long.MAX_VALUE - lengthBytes,
                Reason.OVERFLOW, "fileOffsetBytes", offsetBytes);
    }

    private static void checkDiskRange(final MapRecord record, final long diskSectors)
            throws RejectedRecordException {
        final long start = record.startSector();
        final long end = Math.min(diskSectors, DISK_LIMIT_SECTORS);
        if (start < 0 || record.sectors() > end || start > end - record.sectors()) {
            throw new RejectedRecordException(Reason.BEYOND_DISK, "startSector=" + Long.toUnsignedString(start)
                    + " sectors=" + record.sectors() + " diskSectors=" + diskSectors);
        }
    }

    private static void reject(final boolean broken, final Reason reason, final String field, final long value)
            throws RejectedRecordException {
        if (broken) {
            throw new RejectedRecordException(reason, field + "=" + Long.toUnsignedString(value));
        }
    }
}
