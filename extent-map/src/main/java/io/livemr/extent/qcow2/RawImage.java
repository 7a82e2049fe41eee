package io.livemr.extent.qcow2;

import java.io.IOException;
import java.util.List;

/** A raw image: byte n of the disk is byte n of the file. Safe to share between threads. */
final class RawImage implements ImageLayer {

    private final ImageFile file;
    private volatile long lastSizeBytes;

    RawImage(final ImageFile file) throws IOException {
        this.file = file;
        this.lastSizeBytes = file.sizeBytes();
    }

    @Override
    public long virtualSizeBytes() {
        return lastSizeBytes;
    }

    @Override
    public List<HostRange> translate(final long offsetBytes, final long lengthBytes) throws IOException {
        lastSizeBytes = file.sizeBytes();
        file.requireInside(offsetBytes, lengthBytes, lastSizeBytes);
        return lengthBytes == 0 ? List.of() : List.of(file.range(offsetBytes, lengthBytes));
    }

    @Override
    public void translateBelow(final long offsetBytes, final long lengthBytes, final HostRangeJoiner ranges)
            throws IOException {
        lastSizeBytes = file.sizeBytes();
        final long inside = Math.max(0, Math.min(lengthBytes, lastSizeBytes - offsetBytes));
        ranges.add(file.range(offsetBytes, inside));
        ranges.add(HostRange.zeros(lengthBytes - inside));
    }

    @Override
    public LayoutFingerprint layoutFingerprint() throws IOException {
        return new LayoutFingerprint(List.of("raw " + file.path() + " " + file.identity()
                + " inPlace=" + file.isStillAtItsPath() + " sizeBytes=" + file.sizeBytes()));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
