package io.livemr.bench.read;

import io.livemr.composer.file.ReadRefusedException;
import io.livemr.composer.file.ReadableFile;
import io.livemr.composer.file.ReadableFiles;
import io.livemr.composer.fuse.FuseMount;
import io.livemr.composer.fuse.FuseSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Serves {@link LocalRanges} through the composer's mount, in a process of its own and without maps and guards: what FUSE itself
 * costs. Ends when its standard input does. Arguments: mount point, file, length in bytes.
 */
public final class RangeServer {

    static final String NAME = "livemr_0000000000000001";
    static final String READY = "ready";

    private RangeServer() {
    }

    public static void main(final String[] args) throws IOException {
        final List<Range> ranges = LocalRanges.of(Path.of(args[1]), Long.parseLong(args[2]));
        try (RangeReader reader = new RangeReader(ranges);
            FuseMount mount = FuseMount.mount(Path.of(args[0]), new OneFile(new RangeFile(reader)), FuseSettings.defaults())) {
            System.out.println(READY);
            while (System.in.read() >= 0) {
                mount.status();
            }
        }
    }

    private record OneFile(ReadableFile file) implements ReadableFiles {

        @Override
        public Optional<ReadableFile> find(final String name) {
            return name.equals(file.name()) ? Optional.of(file) : Optional.empty();
        }

        @Override
        public Collection<ReadableFile> list() {
            return List.of(file);
        }
    }

    private record RangeFile(RangeReader reader) implements ReadableFile {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public long inode() {
            return 100;
        }

        @Override
        public long lengthBytes() {
            return reader.lengthBytes();
        }

        @Override
        public Instant modifiedAt() {
            return Instant.EPOCH;
        }

        @Override
        public int read(final ByteBuffer destination, final long offsetBytes) throws ReadRefusedException {
            try {
                return reader.read(destination, offsetBytes);
            } catch (final IOException e) {
                throw new ReadRefusedException(ReadRefusedException.Errno.EIO, "io_error", e.toString());
            }
        }

        @Override
        public Map<String, String> attributes() {
            return Map.of();
        }
    }
}
