package io.livemr.extent.qcow2;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What the domain definition says an image is. The format is never probed: a guest can write any header it likes
 * to a raw disk.
 *
 * @param backing  the image below, or null if there is none.
 * @param dataFile the file that holds a qcow2 image's clusters, or null if the image holds them itself.
 */
public record ImageSpec(Path path, Format format, ImageSpec backing, Path dataFile) {

    /** Formats that are translated. */
    public enum Format {
        RAW,
        QCOW2;

        /** QEMU's name of the format. */
        public String qemuName() {
            return this == RAW ? "raw" : "qcow2";
        }
    }

    public ImageSpec {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(format, "format");
        if (format == Format.RAW && (backing != null || dataFile != null)) {
            throw new IllegalArgumentException("a raw image has neither backing nor data file: path=" + path);
        }
    }

    public static ImageSpec raw(final Path path) {
        return new ImageSpec(path, Format.RAW, null, null);
    }

    public static ImageSpec qcow2(final Path path) {
        return new ImageSpec(path, Format.QCOW2, null, null);
    }

    public ImageSpec withBacking(final ImageSpec below) {
        return new ImageSpec(path, format, below, dataFile);
    }

    public ImageSpec withDataFile(final Path file) {
        return new ImageSpec(path, format, backing, file);
    }
}
