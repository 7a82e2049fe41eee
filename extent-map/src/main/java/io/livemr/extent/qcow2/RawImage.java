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
    public Translation translation(final long offsetBytes, final long lengthBytes) throws IOException {
        lastSizeBytes = file.sizeBytes();
        file.requireInside(offsetBytes, lengthBytes, lastSizeBytes);
        return new Translation(
                lengthBytes == 0 ? List.of() : List.of(file.range(offsetBytes, lengthBytes)),
                () -> file.requireAtItsPath(offsetBytes + lengthBytes));
    }

    @Override
    public boolean keepsOffsets() {
        return true;
    }

    @Override
    public void translateBelow(final long offsetBytes, final long lengthBytes, final TranslationBuilder translation)
            throws IOException {
        final long fileBytes = file.sizeBytes();
        lastSizeBytes = fileBytes;
        translation.dependsOn(() -> file.requireAtItsPath(fileBytes));
        translation.addClipped(file, fileBytes, offsetBytes, lengthBytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
