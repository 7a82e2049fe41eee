package io.livemr.extent;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes extents in file order and joins those that continue each other. Not for two threads at once.
 */
final class ExtentJoiner {

    /** Extents in a chunk at most: an update copies one chunk and one reference per chunk. */
    static final int CHUNK_LIMIT = 512;

    private final List<Extent> joined = new ArrayList<>();

    void add(final Extent next) {
        final int last = joined.size() - 1;
        if (last >= 0 && joined.get(last).continuesIn(next)) {
            joined.set(last, joined.get(last).joinedWith(next));
        } else {
            joined.add(next);
        }
    }

    void addAll(final List<Extent> extents) {
        extents.forEach(this::add);
    }

    int size() {
        return joined.size();
    }

    List<Extent> joined() {
        return joined;
    }

    /** End of what was added last; 0 when nothing was. */
    long endBytes() {
        return joined.isEmpty() ? 0 : joined.get(joined.size() - 1).endBytes();
    }

    /** Splits evenly, so that a full chunk becomes two half-full ones wherever the growth was. */
    List<ExtentChunk> toChunks() {
        final int count = (joined.size() + CHUNK_LIMIT - 1) / CHUNK_LIMIT;
        final List<ExtentChunk> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chunks.add(new ExtentChunk(joined.subList(cut(i, count), cut(i + 1, count))));
        }
        return chunks;
    }

    private int cut(final int index, final int count) {
        return (int) ((long) joined.size() * index / count);
    }
}
