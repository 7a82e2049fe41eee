package io.livemr.bench.read;

import io.livemr.bench.measure.Comparison;
import io.livemr.bench.measure.Contender;
import io.livemr.bench.measure.Pairs;
import io.livemr.bench.report.Figure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** The composed file through the mount, beside a pread of the same ranges. */
final class ReadComparison {

    private static final double MOUNT_AIM_MEGABYTES_PER_SECOND = 3_000;

    private ReadComparison() {
    }

    static Figure measure(final Path mounted, final List<Range> ranges, final Pairs pairs) throws Exception {
        try (FileChannel composed = FileChannel.open(mounted); RangeReader direct = new RangeReader(ranges)) {
            requireSameBytes(composed, direct);
            final long lengthBytes = direct.lengthBytes();
            final Comparison comparison = pairs.run(
                new Contender("composed file through FUSE", () -> SequentialRead.megabytesPerSecond(composed::read, lengthBytes)),
                new Contender("pread of the same ranges", () -> SequentialRead.megabytesPerSecond(direct::read, lengthBytes)));
            final String value = Figure.number(comparison.ours().median()) + " MB/s, ratio " + Figure.number(comparison.ratios().median());
            return Figure.of("composed file through FUSE ÷ pread of the image", "MB/s", comparison, value, "FUSE ≥ 3,000 MB/s",
                comparison.ours().median() >= MOUNT_AIM_MEGABYTES_PER_SECOND);
        }
    }

    private static void requireSameBytes(final FileChannel composed, final RangeReader direct) throws IOException {
        final long lengthBytes = direct.lengthBytes();
        if (composed.size() != lengthBytes
            || SequentialRead.checksum(composed::read, lengthBytes) != SequentialRead.checksum(direct::read, lengthBytes)) {
            throw new IOException("composed file and ranges differ; nothing was timed");
        }
    }
}
