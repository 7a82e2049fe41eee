package io.livemr.extent.qcow2;

import io.livemr.extent.qcow2.GuestRun.Kind;
import java.io.IOException;
import java.util.List;

/**
 * A qcow2 image and what lies below it.
 *
 * <p>QEMU writes to it meanwhile, so header, L1 and L2 entries are read anew for each translation: three reads for
 * a range within one L2 table, and as many again in a backing file that is needed. To ask whether it is still true
 * takes the same reads. What cannot change under a
 * running QEMU (cluster size, backing name…) is compared with what was opened.
 *
 * <p>Safe to share between threads.
 */
final class Qcow2Image implements ImageLayer {

    private final ImageFile file;
    private final ImageFile dataFile;
    private final ImageLayer backing;
    private final Qcow2Header.Identity opened;
    private volatile Qcow2HeaderBytes last;
    /** The data file was so long when it was looked at; whether it is so still, a translation asks at its end. */
    private volatile long seenBytes;

    /** @param dataFile {@code file} itself unless the clusters are in an external one. */
    Qcow2Image(
            final ImageFile file, final ImageFile dataFile, final ImageLayer backing, final Qcow2HeaderBytes header) {
        this.file = file;
        this.dataFile = dataFile;
        this.backing = backing;
        this.opened = header.header().identity();
        this.last = header;
    }

    @Override
    public long virtualSizeBytes() {
        return last.header().virtualSizeBytes();
    }

    @Override
    public Translation translation(final long offsetBytes, final long lengthBytes) throws IOException {
        final TranslationBuilder translation = new TranslationBuilder();
        final Qcow2Header header = header(translation);
        file.requireInside(offsetBytes, lengthBytes, header.virtualSizeBytes());
        translate(header, offsetBytes, lengthBytes, translation);
        return translation.build();
    }

    @Override
    public void translateBelow(final long offsetBytes, final long lengthBytes, final TranslationBuilder translation)
            throws IOException {
        final Qcow2Header header = header(translation);
        final long inside = Math.max(0, Math.min(lengthBytes, header.virtualSizeBytes() - offsetBytes));
        translate(header, offsetBytes, inside, translation);
        translation.add(HostRange.zeros(lengthBytes - inside));
    }

    private void translate(
            final Qcow2Header header, final long offsetBytes, final long lengthBytes,
            final TranslationBuilder translation) throws IOException {
        if (lengthBytes == 0 || dataFile != file) {
            translation.dependsOn(() -> file.requireAtItsPath(0));
        }
        if (lengthBytes == 0) {
            return;
        }
        final List<GuestRun> runs = new Qcow2Walk(header, file, translation, offsetBytes, lengthBytes).runs();
        // After the tables: the file grows before a table points to the new end.
        final long dataFileBytes = dataFileBytes(runs);
        translation.dependsOn(() -> isStillAsLong(dataFileBytes));
        for (final GuestRun run : runs) {
            resolve(run, dataFileBytes, translation);
        }
    }

    /** As seen before, where that is enough. */
    private long dataFileBytes(final List<GuestRun> runs) throws IOException {
        final long seen = seenBytes;
        if (runs.stream().allMatch(run -> run.kind() != Kind.DATA || run.hostOffsetBytes() + run.lengthBytes() <= seen)) {
            return seen;
        }
        final long now = dataFile.sizeBytes();
        seenBytes = now;
        return now;
    }

    private boolean isStillAsLong(final long bytes) throws IOException {
        final boolean isSo = dataFile.requireAtItsPath(bytes);
        if (!isSo) {
            seenBytes = 0;
        }
        return isSo;
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

    private Qcow2Header header(final TranslationBuilder translation) throws IOException {
        final Qcow2HeaderBytes known = last;
        final Qcow2HeaderBytes now = known.areStillIn(file) ? known : readAnew();
        translation.dependsOn(() -> now.areStillIn(file));
        return now.header();
    }

    private Qcow2HeaderBytes readAnew() throws IOException {
        final Qcow2HeaderBytes now = Qcow2HeaderReader.read(file);
        if (!now.header().identity().equals(opened)) {
            throw new ImageChangedException(file.path(), "was " + opened + ", is " + now.header().identity());
        }
        last = now;
        return now;
    }

    private void resolve(final GuestRun run, final long dataFileBytes, final TranslationBuilder translation)
            throws IOException {
        switch (run.kind()) {
            case DATA -> addData(run, dataFileBytes, translation);
            case ZEROS -> translation.add(HostRange.zeros(run.lengthBytes()));
            case UNALLOCATED -> addFromBelow(run, translation);
        }
    }

    /**
     * The last cluster may reach past the end of the file, which QEMU reads as zeros, as it does for any cluster of
     * an external data file. In the image itself a cluster that starts past the end was never written by QEMU.
     */
    private void addData(final GuestRun run, final long dataFileBytes, final TranslationBuilder translation)
            throws CorruptImageException {
        final long lastByte = run.hostOffsetBytes() + run.lengthBytes() - 1;
        if (dataFile == file && lastByte >> opened.clusterBits() << opened.clusterBits() >= dataFileBytes) {
            throw new CorruptImageException(file.path(), "cluster past the end of the file: offsetBytes="
                    + run.hostOffsetBytes() + " lengthBytes=" + run.lengthBytes() + " fileBytes=" + dataFileBytes);
        }
        translation.addClipped(dataFile, dataFileBytes, run.hostOffsetBytes(), run.lengthBytes());
    }

    private void addFromBelow(final GuestRun run, final TranslationBuilder translation) throws IOException {
        if (backing == null) {
            translation.add(HostRange.zeros(run.lengthBytes()));
        } else {
            backing.translateBelow(run.guestOffsetBytes(), run.lengthBytes(), translation);
        }
    }
}
