package io.livemr.bench.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.bench.measure.Comparison;
import io.livemr.bench.measure.Contender;
import io.livemr.bench.measure.Pairs;
import io.livemr.composer.file.ReadRefusedException;
import io.livemr.composer.image.FileView;
import io.livemr.composer.image.GuardSettings;
import io.livemr.composer.image.GuardedReader;
import io.livemr.composer.image.ImageDisk;
import io.livemr.composer.image.Lease;
import io.livemr.composer.image.MapGuard;
import io.livemr.composer.image.ReadObserver;
import io.livemr.composer.image.ViewSource;
import io.livemr.extent.Extent;
import io.livemr.extent.ExtentMap;
import io.livemr.extent.qcow2.DiskImage;
import io.livemr.extent.qcow2.DiskImages;
import io.livemr.extent.qcow2.ImageSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process with the composer's class path: the composer's own read with all its guards, beside a pread of the same ranges, both in this JVM.
 * So the kernel's part (FUSE copies every byte twice more) is left out. Arguments: image, segments as the composer names them (a file),
 * length in bytes, pairs. Prints three comparisons as JSON:
 * that one, 4 MiB at a time and 1 MiB at a time, and what system calls alone cost of the latter.
 */
public final class GuardedRead {

    /** Besides the pread of the bytes, of a range within one L2 table: {@code strace -f -c} of this program without its second comparison. */
    private static final int GUARD_CALLS = 9;

    private static final String PREAD = "pread of the same ranges";

    private GuardedRead() {
    }

    public static void main(final String[] args) throws Exception {
        final ObjectMapper json = new ObjectMapper();
        final Path image = Path.of(args[0]);
        final JsonNode segments = json.readTree(Path.of(args[1]).toFile());
        final long lengthBytes = Long.parseLong(args[2]);
        final Pairs pairs = new Pairs(Integer.parseInt(args[3]), step -> { });
        try (ImageDisk disk = ImageDisk.open("sdb", ImageSpec.qcow2(image), List.of(image.getParent()));
            DiskImage plain = DiskImages.open(ImageSpec.qcow2(image)); RangeReader direct = new RangeReader(VmRanges.of(segments, plain))) {
            final SequentialRead.Source guarded = guarded(new Fixed(viewOf(disk, segments, lengthBytes)));
            requireSameBytes(guarded, direct, lengthBytes);
            final List<Comparison> comparisons = new ArrayList<>();
            for (final SequentialRead way : List.of(SequentialRead.FOUR_MIB, SequentialRead.ONE_MIB)) {
                comparisons.add(pairs.run(contender("guarded read", way, guarded, lengthBytes), contender(PREAD, way, direct::read, lengthBytes)));
            }
            comparisons.add(pairs.run(idle(image, direct, lengthBytes), contender(PREAD, SequentialRead.ONE_MIB, direct::read, lengthBytes)));
            System.out.println(json.writeValueAsString(comparisons));
        }
    }

    private static Contender contender(final String name, final SequentialRead way, final SequentialRead.Source source, final long lengthBytes) {
        return new Contender(name, () -> way.megabytesPerSecond(source, lengthBytes));
    }

    /** What no reader with guards can do without: their system calls, and each of them the cheapest that Java has for a file. */
    private static Contender idle(final Path image, final RangeReader direct, final long lengthBytes) {
        return new Contender("pread and " + GUARD_CALLS + " times fstat", () -> {
            try (FileChannel file = FileChannel.open(image)) {
                return SequentialRead.ONE_MIB.megabytesPerSecond((destination, offsetBytes) -> {
                    for (int call = 0; call < GUARD_CALLS; call++) {
                        file.size();
                    }
                    return direct.read(destination, offsetBytes);
                }, lengthBytes);
            }
        });
    }

    private static void requireSameBytes(final SequentialRead.Source guarded, final RangeReader direct, final long lengthBytes)
        throws IOException {
        if (SequentialRead.ONE_MIB.checksum(guarded, lengthBytes) != SequentialRead.ONE_MIB.checksum(direct::read, lengthBytes)) {
            throw new IOException("guarded read and ranges differ; nothing was timed");
        }
    }

    /** Served for as long as this process may run. */
    private static FileView viewOf(final ImageDisk disk, final JsonNode segments, final long lengthBytes) {
        final ExtentMap.Builder extents = new ExtentMap.Builder();
        for (final JsonNode segment : segments) {
            final long sectors = (segment.get("lengthBytes").asLong() + Extent.SECTOR_BYTES - 1) / Extent.SECTOR_BYTES;
            extents.add(new Extent(segment.get("fileOffset").asLong(), segment.get("startSector").asLong(), sectors * Extent.SECTOR_BYTES));
        }
        final Lease lease = new Lease(System::nanoTime, () -> false);
        lease.renewUntil(System.nanoTime() + TimeUnit.DAYS.toNanos(1));
        return new FileView(1, FileView.Access.OPEN, null, extents.build(), lengthBytes, disk, MapGuard.NONE, lease);
    }

    private static SequentialRead.Source guarded(final ViewSource source) {
        final GuardedReader reader = new GuardedReader(GuardSettings.defaults(), ReadObserver.NONE);
        return (destination, offsetBytes) -> {
            final int count = (int) Math.min(destination.remaining(), source.view().lengthBytes() - offsetBytes);
            try {
                reader.read(source, offsetBytes, count, destination);
                return count;
            } catch (final ReadRefusedException e) {
                throw new IOException(e);
            }
        };
    }

    /** The file does not change while it is read. */
    private record Fixed(FileView view) implements ViewSource {

        @Override
        public void awaitChange(final FileView seen, final long waitNanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(waitNanos);
        }
    }
}
