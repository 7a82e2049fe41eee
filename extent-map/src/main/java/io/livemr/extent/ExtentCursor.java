package io.livemr.extent;

/** Walks the extents of a map in file order, across chunks. Not for two threads at once. */
final class ExtentCursor {

    private final ExtentChunk[] chunks;
    private int chunk;
    private int index;

    /** Starts at the last extent of a chunk that begins at or before an offset. */
    ExtentCursor(final ExtentChunk[] chunks, final int chunk, final long offsetBytes) {
        this.chunks = chunks;
        this.chunk = chunk;
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
}
