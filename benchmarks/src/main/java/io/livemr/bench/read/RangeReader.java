package io.livemr.bench.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads ranges of images with pread as if they were one file: the least that any reader of them has to do. Safe to share between threads. */
final class RangeReader implements Closeable {

    private final NavigableMap<Long, Range> ranges = new TreeMap<>();
    private final Map<Path, FileChannel> images = new HashMap<>();
    private final long lengthBytes;

    /** @param ranges in the order of the file, without gaps */
    RangeReader(final List<Range> ranges) throws IOException {
        long end = 0;
        for (final Range range : ranges) {
            if (range.fileOffsetBytes() != end) {
                throw new IllegalArgumentException("gap at " + end + " before " + range);
            }
            this.ranges.put(end, range);
            open(range.image());
            end += range.lengthBytes();
        }
        this.lengthBytes = end;
    }

    private void open(final Path image) throws IOException {
        if (image != null && !images.containsKey(image)) {
            images.put(image, FileChannel.open(image));
        }
    }

    long lengthBytes() {
        return lengthBytes;
    }

    /** Fills {@code destination} from {@code offsetBytes} on, as far as the file goes; returns how much that was. */
    int read(final ByteBuffer destination, final long offsetBytes) throws IOException {
        final int limit = destination.limit();
        final int start = destination.position();
        long offset = offsetBytes;
        while (destination.position() < limit && offset < lengthBytes) {
            final Range range = ranges.floorEntry(offset).getValue();
            final long within = offset - range.fileOffsetBytes();
            destination.limit(destination.position() + (int) Math.min(limit - destination.position(), range.lengthBytes() - within));
            offset += readWithin(range, within, destination);
            destination.limit(limit);
        }
        return destination.position() - start;
    }

    private int readWithin(final Range range, final long within, final ByteBuffer destination) throws IOException {
        final int before = destination.position();
        while (destination.hasRemaining()) {
            if (range.image() == null) {
                destination.put((byte) 0);
            } else if (images.get(range.image()).read(destination, range.imageOffsetBytes() + within + destination.position() - before) < 0) {
                throw new IOException("image ends inside " + range);
            }
        }
        return destination.position() - before;
    }

    @Override
    public void close() throws IOException {
        for (final FileChannel image : images.values()) {
            image.close();
        }
    }
}
