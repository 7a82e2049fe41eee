package io.livemr.bench.read;

import io.livemr.bench.measure.Comparison;
import io.livemr.bench.measure.Contender;
import io.livemr.bench.measure.Pairs;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Series;
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
        final Comparison comparison = compare(mounted, new Peer("pread of the same ranges", ranges, new ReadCost()), pairs);
        final String value = Figure.number(comparison.ours().median()) + " MB/s, ratio " + Figure.number(comparison.ratios().median());
        return Figure.of("composed file through FUSE ÷ pread of the image", "MB/s", comparison, value, "FUSE ≥ 3,000 MB/s",
            comparison.ours().median() >= MOUNT_AIM_MEGABYTES_PER_SECOND);
    }

    /** @param cost of reading through the mirror. */
    static Figure measureBesideMirror(final Path mounted, final List<Range> ranges, final FuseMirror mirror, final ReadCost cost, final Pairs pairs)
        throws Exception {
        final Comparison comparison = compare(mounted, new Peer("the same ranges through libfuse's mirror", ranges.stream().map(mirror::through).toList(), cost), pairs);
        final String value = "ratio " + Figure.number(comparison.ratios().median()) + ", mirror " + Figure.number(comparison.peer().median()) + " MB/s";
        return new Figure("composed file through FUSE ÷ the image through libfuse's mirror", "MB/s", List.of(new Series(comparison.oursName(), comparison.ours()),
            new Series(comparison.peerName(), comparison.peer())), comparison.ratios(), value, "", null);
    }

    private record Peer(String name, List<Range> ranges, ReadCost cost) { }

    private static Comparison compare(final Path mounted, final Peer peer, final Pairs pairs) throws Exception {
        try (FileChannel composed = FileChannel.open(mounted); RangeReader direct = new RangeReader(peer.ranges())) {
            requireSameBytes(composed, direct);
            final long lengthBytes = direct.lengthBytes();
            return pairs.run(new Contender("composed file through FUSE", () -> SequentialRead.megabytesPerSecond(composed::read, lengthBytes)),
                peer.cost().of(new Contender(peer.name(), () -> SequentialRead.megabytesPerSecond(direct::read, lengthBytes)), lengthBytes));
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
