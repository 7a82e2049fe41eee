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

    static List<Figure> measure(final Path mounted, final List<Range> ranges, final Pairs pairs) throws Exception {
        final Peer pread = new Peer("pread of the same ranges", ranges);
        final Comparison most = compare(SequentialRead.FOUR_MIB, mounted, pread, pairs);
        final Comparison less = compare(SequentialRead.ONE_MIB, mounted, pread, pairs);
        return List.of(Figure.of("composed file through FUSE ÷ pread of the image", "MB/s", most, value(most), "FUSE ≥ 3,000 MB/s",
            most.ours().median() >= MOUNT_AIM_MEGABYTES_PER_SECOND), Figure.of("the same, 1 MiB at a time", "MB/s", less, value(less)));
    }

    private static String value(final Comparison comparison) {
        return Figure.number(comparison.ours().median()) + " MB/s, ratio " + Figure.number(comparison.ratios().median());
    }

    /** A MiB at a time: more, libfuse 3.14 is not asked for. */
    static Figure measureBesideMirror(final Path mounted, final List<Range> ranges, final FuseMirror mirror, final Pairs pairs) throws Exception {
        final Peer peer = new Peer("the same ranges through libfuse's mirror", ranges.stream().map(mirror::through).toList());
        final Comparison comparison = compare(SequentialRead.ONE_MIB, mounted, peer, pairs);
        return Figure.of("composed file through FUSE ÷ the image through libfuse's mirror, 1 MiB at a time", "MB/s", comparison,
            "ratio " + Figure.number(comparison.ratios().median()) + ", mirror " + Figure.number(comparison.peer().median()) + " MB/s");
    }

    private record Peer(String name, List<Range> ranges) { }

    private static Comparison compare(final SequentialRead way, final Path mounted, final Peer peer, final Pairs pairs) throws Exception {
        try (FileChannel composed = FileChannel.open(mounted); RangeReader direct = new RangeReader(peer.ranges())) {
            requireSameBytes(composed, direct);
            final long lengthBytes = direct.lengthBytes();
            return pairs.run(new Contender("composed file through FUSE", () -> way.megabytesPerSecond(composed::read, lengthBytes)),
                new Contender(peer.name(), () -> way.megabytesPerSecond(direct::read, lengthBytes)));
        }
    }

    private static void requireSameBytes(final FileChannel composed, final RangeReader direct) throws IOException {
        final long lengthBytes = direct.lengthBytes();
        if (composed.size() != lengthBytes
            || SequentialRead.ONE_MIB.checksum(composed::read, lengthBytes) != SequentialRead.ONE_MIB.checksum(direct::read, lengthBytes)) {
            throw new IOException("composed file and ranges differ; nothing was timed");
        }
    }
}
