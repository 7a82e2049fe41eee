package io.livemr.composer.image;

import io.livemr.extent.Extent;
import io.livemr.extent.qcow2.DiskImage;
import io.livemr.extent.qcow2.DiskImages;
import io.livemr.extent.qcow2.ImageSpec;
import io.livemr.extent.qcow2.Translation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A guest's disk in image files of this host. */
public final class ImageDisk implements GuestDisk {

    private final String target;
    private final DiskImage image;
    private final WriterLock writer;

    private ImageDisk(final String target, final DiskImage image, final WriterLock writer) {
        this.target = target;
        this.image = image;
        this.writer = writer;
    }

    /**
     * @param allowedRoots folders below one of which each file of the image must lie.
     * @throws IOException if the image is not what the definition says, lies elsewhere, or cannot be read; the message says which.
     */
    public static ImageDisk open(final String target, final ImageSpec spec, final List<Path> allowedRoots) throws IOException {
        final DiskImage image = DiskImages.open(spec, allowedRoots);
        try {
            return new ImageDisk(target, image, WriterLock.of(spec.path()));
        } catch (final IOException e) {
            image.close();
            throw e;
        }
    }

    @Override
    public long sectors() {
        return image.virtualSizeBytes() / Extent.SECTOR_BYTES;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public Translation translate(final long offsetBytes, final long lengthBytes) throws IOException {
        return image.translation(offsetBytes, lengthBytes);
    }

    @Override
    public boolean keepsOffsets() {
        return image.keepsOffsets();
    }

    @Override
    public boolean isWritten() {
        return writer.isHeld();
    }

    @Override
    public void close() {
        writer.close();
        try {
            image.close();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException("closing image of target=" + target, e);
        }
    }
}
