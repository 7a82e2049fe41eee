package io.livemr.agent.map;

import io.livemr.extent.Extent;
import io.livemr.extent.ExtentMap;
import io.livemr.extent.UncoveredRangeException;
import java.util.List;

/**
 * What a snapshot says that has not been announced yet.
 *
 * @param changed extents to announce, in file order; empty if only the length grew
 * @param moved   bytes that were announced on one sector are on another one, or on none: the pin did not hold
 */
public record MapUpdate(List<Extent> changed, boolean moved) {

    /** Compares, O(extents in the snapshot and under it). */
    public static MapUpdate between(final ExtentMap announced, final FileSnapshot snapshot) {
        final List<Extent> old = oldExtents(announced, snapshot);
        final ExtentMap.Builder changed = new ExtentMap.Builder();
        boolean moved = snapshot.endBytes() < announced.endBytes();
        int at = 0;
        for (final Extent now : snapshot.extents()) {
            long from = now.fileOffsetBytes();
            while (from < now.endBytes()) {
                while (at < old.size() && old.get(at).endBytes() <= from) {
                    at++;
                }
                final Extent before = at < old.size() ? old.get(at) : null;
                final long to = before == null ? now.endBytes() : Math.min(now.endBytes(), before.endBytes());
                if (before == null || sector(before, from) != sector(now, from)) {
                    moved |= before != null && !before.isZeros();
                    changed.add(new Extent(from, sector(now, from), to - from));
                }
                from = to;
            }
        }
        return new MapUpdate(changed.build().extents(), moved);
    }

    private static List<Extent> oldExtents(final ExtentMap announced, final FileSnapshot snapshot) {
        final long end = Math.min(announced.endBytes(), snapshot.endBytes());
        if (snapshot.fromBytes() >= end) {
            return List.of();
        }
        try {
            return announced.translate(snapshot.fromBytes(), end - snapshot.fromBytes());
        } catch (final UncoveredRangeException e) {
            throw new IllegalStateException("announced maps have no gaps", e);
        }
    }

    private static long sector(final Extent extent, final long offsetBytes) {
        return extent.isZeros() ? Extent.ZEROS
                : extent.startSector() + (offsetBytes - extent.fileOffsetBytes()) / Extent.SECTOR_BYTES;
    }
}
