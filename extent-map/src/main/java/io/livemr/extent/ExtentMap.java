package io.livemr.extent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the bytes of one file are on its guest's disk: extents, sorted by file offset, none overlapping,
 * joined where they continue each other in the file and on the disk.
 *
 * <p>A byte in no extent is <em>uncovered</em>: asking for it is an error, never zeros (S1).
 *
 * <p>Kept as chunks of up to 512 extents that maps share. {@link #translate} is O(log n); {@link #with}
 * copies the chunks that it touches and one reference per chunk, so that appending to a map of a million
 * extents costs microseconds and readers of the older map see nothing of it.
 *
 * <p>Immutable, safe to share between threads.
 */
public final class ExtentMap {

    public static final ExtentMap EMPTY = new ExtentMap(new ExtentChunk[0], 0);

    private final ExtentChunk[] chunks;
    private final int size;

    private ExtentMap(final ExtentChunk[] chunks, final int size) {
        this.chunks = chunks;
        this.size = size;
    }

    public static ExtentMap of(final List<Extent> extents) {
        final Builder builder = new Builder();
        extents.forEach(builder::add);
        return builder.build();
    }

    /**
     * The extents that hold a range, clipped to it.
     *
     * <p>Extents are whole sectors, so a range that starts or ends inside a sector is widened to it;
     * {@link #translateBytes} answers to the byte.
     *
     * @throws UncoveredRangeException if any byte of the range is in no extent.
     */
    public List<Extent> translate(final long offsetBytes, final long lengthBytes) throws UncoveredRangeException {
        requireRange(offsetBytes, lengthBytes);
        final long from = offsetBytes - offsetBytes % Extent.SECTOR_BYTES;
        final long to = sectorEnd(offsetBytes + lengthBytes);
        final List<Extent> found = covering(offsetBytes, lengthBytes);
        found.replaceAll(extent -> extent.clippedTo(from, to));
        return found;
    }

    /**
     * Where each byte of a range is, to the byte.
     *
     * @throws UncoveredRangeException if any byte of the range is in no extent.
     */
    public List<DiskRange> translateBytes(final long offsetBytes, final long lengthBytes)
            throws UncoveredRangeException {
        requireRange(offsetBytes, lengthBytes);
        return covering(offsetBytes, lengthBytes).stream()
                .map(extent -> DiskRange.of(extent, offsetBytes, offsetBytes + lengthBytes))
                .toList();
    }

    /** This map with one more extent, which replaces what it overlaps. */
    public ExtentMap with(final Extent extent) {
        if (chunks.length == 0) {
            return new ExtentMap(new ExtentChunk[] {new ExtentChunk(List.of(extent))}, 1);
        }
        if (extent.fileOffsetBytes() >= endBytes() && chunks[chunks.length - 1].takes(extent)) {
            return appended(extent);
        }
        return overlaid(extent.fileOffsetBytes(), extent.endBytes(), List.of(extent));
    }

    /** This map with a range uncovered; both its ends are multiples of a sector. */
    public ExtentMap without(final long fromBytes, final long toBytes) {
        return chunks.length == 0 || fromBytes >= toBytes ? this : overlaid(fromBytes, toBytes, List.of());
    }

    private ExtentMap overlaid(final long fromBytes, final long toBytes, final List<Extent> instead) {
        final int first = ExtentCursor.floorChunk(chunks, fromBytes);
        int last = ExtentCursor.floorChunk(chunks, toBytes);
        final ExtentJoiner window = window(first, last, fromBytes, toBytes, instead);
        // Chunks that overwriting has emptied out are joined with their neighbour, so that their number stays small.
        while (window.size() < ExtentJoiner.CHUNK_LIMIT / 4 && last + 1 < chunks.length) {
            window.addAll(chunks[++last].asList());
        }
        return replaced(first, last, window);
    }

    /** Whether every byte from 0 up to a length is in an extent. */
    public boolean covers(final long lengthBytes) {
        return coveredBytes(lengthBytes) >= lengthBytes;
    }

    /** How many bytes from 0 on are in extents, up to the first gap. */
    public long coveredBytes() {
        return coveredBytes(Long.MAX_VALUE);
    }

    private long coveredBytes(final long enoughBytes) {
        long covered = 0;
        for (int i = 0; i < chunks.length && covered < enoughBytes && chunks[i].startBytes() == covered; i++) {
            covered = chunks[i].coveredEndBytes();
        }
        return covered;
    }

    /** All extents in file order: a copy, O(n). */
    public List<Extent> extents() {
        return stream().toList();
    }

    public Stream<Extent> stream() {
        return Arrays.stream(chunks).flatMap(chunk -> chunk.asList().stream());
    }

    public int size() {
        return size;
    }

    /** First byte after the last extent; 0 if there is none. */
    public long endBytes() {
        return chunks.length == 0 ? 0 : chunks[chunks.length - 1].endBytes();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof ExtentMap map && size == map.size && extents().equals(map.extents());
    }

    @Override
    public int hashCode() {
        return extents().hashCode();
    }

    @Override
    public String toString() {
        return "ExtentMap[size=" + size + " endBytes=" + endBytes() + "]";
    }

    private static void requireRange(final long offsetBytes, final long lengthBytes) {
        if (offsetBytes < 0 || lengthBytes < 0 || offsetBytes > Long.MAX_VALUE - lengthBytes) {
            throw new IllegalArgumentException(
                    "not a range: offsetBytes=" + offsetBytes + " lengthBytes=" + lengthBytes);
        }
    }

    private static long sectorEnd(final long endBytes) {
        final long whole = endBytes - endBytes % Extent.SECTOR_BYTES;
        // The last sector below 2^63 ends past what a long holds; no extent reaches there.
        return whole == endBytes || whole > Long.MAX_VALUE - Extent.SECTOR_BYTES
                ? endBytes : whole + Extent.SECTOR_BYTES;
    }

    /** Whole extents that together hold the range, in order; no gap between them. */
    private List<Extent> covering(final long offsetBytes, final long lengthBytes) throws UncoveredRangeException {
        final List<Extent> found = new ArrayList<>();
        final long end = offsetBytes + lengthBytes;
        final ExtentCursor cursor = new ExtentCursor(chunks, offsetBytes);
        long covered = offsetBytes;
        while (covered < end) {
            final Extent extent = cursor.next();
            if (extent == null || extent.fileOffsetBytes() > covered || extent.endBytes() <= covered) {
                throw new UncoveredRangeException(offsetBytes, lengthBytes, covered);
            }
            found.add(extent);
            covered = extent.endBytes();
        }
        return found;
    }

    private ExtentJoiner window(
            final int firstChunk, final int lastChunk, final long fromBytes, final long toBytes,
            final List<Extent> instead) {
        final ExtentJoiner before = new ExtentJoiner();
        final List<Extent> after = new ArrayList<>();
        for (int i = firstChunk; i <= lastChunk; i++) {
            for (final Extent old : chunks[i].asList()) {
                if (old.fileOffsetBytes() < fromBytes) {
                    before.add(old.clippedTo(0, fromBytes));
                }
                if (old.endBytes() > toBytes) {
                    after.add(old.clippedTo(toBytes, Long.MAX_VALUE));
                }
            }
        }
        before.addAll(instead);
        before.addAll(after);
        return before;
    }

    private ExtentMap replaced(final int firstChunk, final int lastChunk, final ExtentJoiner window) {
        final List<ExtentChunk> fresh = window.toChunks();
        final List<ExtentChunk> all = new ArrayList<>(chunks.length + fresh.size());
        final List<ExtentChunk> old = Arrays.asList(chunks);
        all.addAll(old.subList(0, firstChunk));
        all.addAll(fresh);
        all.addAll(old.subList(lastChunk + 1, chunks.length));
        int gone = 0;
        for (int i = firstChunk; i <= lastChunk; i++) {
            gone += chunks[i].size();
        }
        return new ExtentMap(all.toArray(ExtentChunk[]::new), size - gone + window.size());
    }

    /**
     * Collects many extents, then makes one map. In file order a million take tens of milliseconds; an extent
     * that overlaps or precedes an earlier one costs as much as {@link ExtentMap#with}. Not for two threads at once.
     */
    public static final class Builder {

        private ExtentMap map = EMPTY;
        private ExtentJoiner tail = new ExtentJoiner();

        public Builder add(final Extent extent) {
            if (extent.fileOffsetBytes() >= Math.max(map.endBytes(), tail.endBytes())) {
                tail.add(extent);
            } else {
                map = build().with(extent);
            }
            return this;
        }

        public ExtentMap build() {
            if (tail.size() > 0) {
                map = map.appended(tail);
                tail = new ExtentJoiner();
            }
            return map;
        }
    }

    private ExtentMap appended(final Extent extent) {
        final ExtentChunk[] longer = chunks.clone();
        longer[longer.length - 1] = longer[longer.length - 1].with(extent);
        return new ExtentMap(longer, size + 1);
    }

    private ExtentMap appended(final ExtentJoiner tail) {
        if (chunks.length == 0) {
            return new ExtentMap(tail.toChunks().toArray(ExtentChunk[]::new), tail.size());
        }
        final int last = chunks.length - 1;
        final ExtentJoiner window = new ExtentJoiner();
        window.addAll(chunks[last].asList());
        window.addAll(tail.joined());
        return replaced(last, last, window);
    }
}
