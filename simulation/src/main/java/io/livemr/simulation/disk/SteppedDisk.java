package io.livemr.simulation.disk;

import io.livemr.composer.image.GuestDisk;
import io.livemr.extent.Extent;
import io.livemr.extent.qcow2.DiskImage;
import io.livemr.extent.qcow2.DiskImages;
import io.livemr.extent.qcow2.HostRange;
import io.livemr.extent.qcow2.ImageSpec;
import io.livemr.extent.qcow2.Translation;
import io.livemr.simulation.schedule.PlantedBug;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A disk as the composer opens it: the real translation over a real image, but anything may happen between any two looks at it. */
public final class SteppedDisk implements GuestDisk {

    private final DiskImage image;
    private final BooleanSupplier written;
    private final Runnable pause;
    private final boolean trusting;

    /**
     * @param written whether QEMU has the image.
     * @param pause   what happens before and after each look.
     */
    public SteppedDisk(final ImageSpec spec, final BooleanSupplier written, final Runnable pause, final Set<PlantedBug> bugs)
            throws IOException {
        this.image = DiskImages.open(spec);
        this.written = written;
        this.pause = pause;
        this.trusting = bugs.contains(PlantedBug.TRANSLATION_NOT_CHECKED);
    }

    @Override
    public long sectors() {
        return image.virtualSizeBytes() / Extent.SECTOR_BYTES;
    }

    @Override
    public String target() {
        return "sda";
    }

    @Override
    public Translation translate(final long offsetBytes, final long lengthBytes) throws IOException {
        pause.run();
        final Translation found = image.translation(offsetBytes, lengthBytes);
        pause.run();
        return new Translation(ranges(found), () -> {
            pause.run();
            final boolean holds = found.isStillTrue();
            pause.run();
            return holds || trusting;
        });
    }

    private List<HostRange> ranges(final Translation found) {
        return found.ranges().stream().map(range -> range.isZeros() ? range
                : new HostRange(new SteppedChannel(range.file(), pause), range.path(), range.offsetBytes(), range.lengthBytes())).toList();
    }

    @Override
    public boolean isWritten() {
        pause.run();
        return written.getAsBoolean();
    }

    @Override
    public void close() {
        try {
            image.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
