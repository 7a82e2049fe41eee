package io.livemr.control.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/** Some bytes of a log that may still grow. A log that is not there yet is empty. */
record LogSlice(byte[] bytes, long logLengthBytes) {

    static LogSlice read(final Path log, final long offsetBytes, final int limitBytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            final long lengthBytes = file.length();
            final byte[] bytes = new byte[(int) Math.max(0, Math.min(limitBytes, lengthBytes - offsetBytes))];
            file.seek(Math.min(offsetBytes, lengthBytes));
            file.readFully(bytes);
            return new LogSlice(bytes, lengthBytes);
        } catch (final FileNotFoundException e) {
            return new LogSlice(new byte[0], 0);
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof LogSlice slice && logLengthBytes == slice.logLengthBytes && Arrays.equals(bytes, slice.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
