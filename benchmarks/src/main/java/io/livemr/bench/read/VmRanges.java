package io.livemr.bench.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.extent.qcow2.DiskImage;
import io.livemr.extent.qcow2.HostRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** From the segments a composer names (sectors of a guest's disk, docs/protocol.md section 4) to ranges of the image file, as of now. */
final class VmRanges {

    private static final int SECTOR_BYTES = 512;

    private VmRanges() {
    }

    static List<Range> of(final JsonNode segments, final DiskImage image) throws IOException {
        final List<Range> ranges = new ArrayList<>();
        for (final JsonNode segment : segments) {
            final long offset = segment.get("fileOffset").asLong();
            final long length = segment.get("lengthBytes").asLong();
            final long sector = segment.get("startSector").asLong();
            if (sector < 0) {
                ranges.add(new Range(offset, null, 0, length));
            } else {
                addTranslated(ranges, offset, image.translate(sector * SECTOR_BYTES, length));
            }
        }
        return ranges;
    }

    private static void addTranslated(final List<Range> ranges, final long fileOffset, final List<HostRange> hostRanges) {
        long offset = fileOffset;
        for (final HostRange host : hostRanges) {
            ranges.add(new Range(offset, host.path(), host.offsetBytes(), host.lengthBytes()));
            offset += host.lengthBytes();
        }
    }
}
