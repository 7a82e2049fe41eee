package io.livemr.extent;

/** Walks the extents of a map in file order, across chunks. Not for two threads at once. */
final class ExtentCursor {

    private final ExtentChunk[] chunks;
    private int chunk;
    private int index;

    /** Starts at the last extent that begins at or before an offset, else at the first. */
    ExtentCursor(final ExtentChunk[] chunks, final long offsetBytes) {
        this.chunks = chunks;
        this.chunk = floorChunk(chunks, offsetBytes);
        index = chunk < chunks.length ? chunks[chunk].floorIndex(offsetBytes) : 0;
    }

    /** The next extent, or null after the last. */
    Extent next() {
        while (chunk < chunks.length && index == chunks[chunk].size()) {
            chunk++;
            index = 0;
        }
        return chunk < chunks.length ? chunks[chunk].get(index++) : null;
    }

    /** Index of the last chunk that starts at or before the offset; 0 if all start after it. */
    static int floorChunk(final ExtentChunk[] chunks, final long offsetBytes) {
        int low = 0;
        int high = chunks.length - 1;
        while (low < high) {
            final int middle = (low + high + 1) >>> 1;
            if (chunks[middle].startBytes() <= offsetBytes) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
