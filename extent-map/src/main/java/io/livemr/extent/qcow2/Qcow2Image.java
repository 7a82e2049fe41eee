package io.livemr.extent.qcow2;

import io.livemr.extent.qcow2.GuestRun.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A qcow2 image and what lies below it.
 *
 * <p>QEMU writes to it meanwhile, so header, L1 and L2 entries are read anew for each translation: three reads for
 * a range within one L2 table, and as many again in a backing file that is needed. What cannot change under a
 * running QEMU (cluster size, backing name…) is compared with what was opened.
 *
 * <p>Safe to share between threads.
 */
final class Qcow2Image implements ImageLayer {

    private final ImageFile file;
    private final ImageFile dataFile;
    private final ImageLayer backing;
    private final Qcow2Header.Identity opened;
    private volatile long lastSizeBytes;

    /** @param dataFile {@code file} itself unless the clusters are in an external one. */
    Qcow2Image(
            final ImageFile file, final ImageFile dataFile, final ImageLayer backing, final Qcow2Header header) {
        this.file = file;
        this.dataFile = dataFile;
        this.backing = backing;
        this.opened = header.identity();
        this.lastSizeBytes = header.virtualSizeBytes();
    }

    @Override
    public long virtualSizeBytes() {
        return lastSizeBytes;
    }

    @Override
    public List<HostRange> translate(final long offsetBytes, final long lengthBytes) throws IOException {
        final Qcow2Header header = header();
        file.requireInside(offsetBytes, lengthBytes, header.virtualSizeBytes());
        final HostRangeJoiner ranges = new HostRangeJoiner();
        translate(header, offsetBytes, lengthBytes, ranges);
        return ranges.ranges();
    }

    @Override
    public void translateBelow(final long offsetBytes, final long lengthBytes, final HostRangeJoiner ranges)
            throws IOException {
        final Qcow2Header header = header();
        final long inside = Math.max(0, Math.min(lengthBytes, header.virtualSizeBytes() - offsetBytes));
        translate(header, offsetBytes, inside, ranges);
        ranges.add(HostRange.zeros(lengthBytes - inside));
    }

    private void translate(
            final Qcow2Header header, final long offsetBytes, final long lengthBytes, final HostRangeJoiner ranges)
            throws IOException {
        if (lengthBytes == 0) {
            return;
        }
        final List<GuestRun> runs = new Qcow2Walk(header, file, offsetBytes, lengthBytes).runs();
        // After the tables: the file grows before a table points to the new end.
        final long dataFileBytes = dataFile.sizeBytes();
        for (final GuestRun run : runs) {
            resolve(run, dataFileBytes, ranges);
        }
    }

    @Override
    public LayoutFingerprint layoutFingerprint() throws IOException {
        final List<String> files = new ArrayList<>();
        files.add("qcow2 " + facts(file) + " " + header().layout());
        if (dataFile != file) {
            files.add("data " + facts(dataFile));
        }
        if (backing != null) {
            files.addAll(backing.layoutFingerprint().files());
        }
        return new LayoutFingerprint(files);
    }

    @Override
    public void close() throws IOException {
        try (Closer all = new Closer()) {
            all.add(file);
            all.add(dataFile);
            if (backing != null) {
                all.add(backing);
            }
        }
    }

    private Qcow2Header header() throws IOException {
        final Qcow2Header header = Qcow2HeaderReader.read(file);
        if (!header.identity().equals(opened)) {
            throw new ImageChangedException(file.path(), "was " + opened + ", is " + header.identity());
        }
        lastSizeBytes = header.virtualSizeBytes();
        return header;
    }

    private void resolve(final GuestRun run, final long dataFileBytes, final HostRangeJoiner ranges)
            throws IOException {
        switch (run.kind()) {
            case DATA -> addData(run, dataFileBytes, ranges);
            case ZEROS -> ranges.add(HostRange.zeros(run.lengthBytes()));
            case UNALLOCATED -> addFromBelow(run, ranges);
        }
    }

    /**
     * The last cluster may reach past the end of the file, which QEMU reads as zeros, as it does for any cluster of
     * an external data file. In the image itself a cluster that starts past the end was never written by QEMU.
     */
    private void addData(final GuestRun run, final long dataFileBytes, final HostRangeJoiner ranges)
            throws CorruptImageException {
        final long lastByte = run.hostOffsetBytes() + run.lengthBytes() - 1;
        if (dataFile == file && lastByte >> opened.clusterBits() << opened.clusterBits() >= dataFileBytes) {
            throw new CorruptImageException(file.path(), "cluster past the end of the file: offsetBytes="
                    + run.hostOffsetBytes() + " lengthBytes=" + run.lengthBytes() + " fileBytes=" + dataFileBytes);
        }
        final long inside = Math.max(0, Math.min(run.lengthBytes(), dataFileBytes - run.hostOffsetBytes()));
        ranges.add(dataFile.range(run.hostOffsetBytes(), inside));
        ranges.add(HostRange.zeros(run.lengthBytes() - inside));
    }

    private void addFromBelow(final GuestRun run, final HostRangeJoiner ranges) throws IOException {
        if (backing == null) {
            ranges.add(HostRange.zeros(run.lengthBytes()));
        } else {
            backing.translateBelow(run.guestOffsetBytes(), run.lengthBytes(), ranges);
        }
    }

    private static String facts(final ImageFile file) {
        return file.path() + " " + file.identity() + " inPlace=" + file.isStillAtItsPath();
    }
}
