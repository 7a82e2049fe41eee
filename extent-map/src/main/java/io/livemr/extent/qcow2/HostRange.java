package io.livemr.extent.qcow2;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Bytes of one image file, or zeros that are in no file ({@code file} and {@code path} null, offset 0).
 *
 * <p>Equal are ranges of the same path, offset and length, whichever channel they are read through, so that a
 * reader can compare the translations before and after its read. The channel belongs to the {@link DiskImage}.
 */
public record HostRange(FileChannel file, Path path, long offsetBytes, long lengthBytes) {

    public static HostRange zeros(final long lengthBytes) {
        return new HostRange(null, null, 0, lengthBytes);
    }

    public boolean isZeros() {
        return file == null;
    }

    /** Whether {@code next} goes on where this range ends. */
    boolean continuesIn(final HostRange next) {
        return Objects.equals(path, next.path) && (isZeros() || offsetBytes + lengthBytes == next.offsetBytes);
    }

    HostRange joinedWith(final HostRange next) {
        return new HostRange(file, path, offsetBytes, lengthBytes + next.lengthBytes);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof HostRange range
                && Objects.equals(path, range.path)
                && offsetBytes == range.offsetBytes
                && lengthBytes == range.lengthBytes;
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, offsetBytes, lengthBytes);
    }

    @Override
    public String toString() {
        return (isZeros() ? "zeros" : path + "@" + offsetBytes) + "+" + lengthBytes;
    }
}
