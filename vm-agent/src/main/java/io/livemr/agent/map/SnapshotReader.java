package io.livemr.agent.map;

import io.livemr.agent.file.GuestFile;
import io.livemr.agent.kernel.Fiemap;
import io.livemr.extent.Extent;
import io.livemr.extent.ExtentMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a {@link FileSnapshot}: length first, then {@code fsync}, then {@code FIEMAP}.
 *
 * <p>In this order every byte below the length is on the virtual disk before its sector is looked up; in any other, the
 * tail could be in memory only. What is allocated but not written holds other files' old bytes and reads as zeros, like a
 * hole. Bytes that are delayed again since the {@code fsync} were a hole at that time. Needs no lock; blocks on the disk.
 */
public final class SnapshotReader {

    /** A file that has turned into one whose blocks do not hold its bytes in plain. */
    public static final class NotPlainException extends IOException {
        NotPlainException(final String message) {
            super(message);
        }
    }

    private SnapshotReader() {
    }

    public static FileSnapshot read(final GuestFile file, final long fromBytes) throws IOException {
        final long lengthBytes = file.stat().lengthBytes();
        file.descriptor().sync();
        final long endBytes = FileSnapshot.sectorEnd(lengthBytes);
        final List<Fiemap.Run> runs = Fiemap.read(file.descriptor(), fromBytes, endBytes);
        return new FileSnapshot(fromBytes, lengthBytes, extents(file, runs, fromBytes, endBytes));
    }

    /** Where to begin looking for what is new: zeros may have become data; data stay, but for their last sector. */
    public static long firstThatMayChange(final ExtentMap announced, final boolean hasZeros) {
        if (!hasZeros) {
            return Math.max(0, announced.endBytes() - Extent.SECTOR_BYTES);
        }
        return announced.stream().filter(Extent::isZeros).findFirst().orElseThrow().fileOffsetBytes();
    }

    private static List<Extent> extents(
            final GuestFile file, final List<Fiemap.Run> runs, final long fromBytes, final long endBytes)
            throws IOException {
        final List<Extent> extents = new ArrayList<>(runs.size());
        long covered = fromBytes;
        for (final Fiemap.Run run : runs) {
            requirePlain(file, run);
            final long from = Math.max(covered, run.logicalBytes());
            final long to = Math.min(endBytes, run.endBytes());
            if (from < to && run.isWritten()) {
                addZeros(extents, covered, from);
                extents.addAll(file.layout().extents(from, run.physicalBytes() + from - run.logicalBytes(), to - from));
                covered = to;
            }
        }
        addZeros(extents, covered, endBytes);
        return extents;
    }

    private static void addZeros(final List<Extent> extents, final long fromBytes, final long toBytes) {
        if (fromBytes < toBytes) {
            extents.add(Extent.zeros(fromBytes, toBytes - fromBytes));
        }
    }

    private static void requirePlain(final GuestFile file, final Fiemap.Run run) throws NotPlainException {
        if (!run.isPlain()) {
            throw new NotPlainException(
                    "not plain blocks: path=" + file.path() + " flags=0x" + Integer.toHexString(run.flags()));
        }
    }
}
