package io.livemr.extent.qcow2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Opens disk images by their domain's definition. Stateless, safe to share between threads. */
public final class DiskImages {

    /** Longest chain of backing files; a translation may visit each. */
    public static final int CHAIN_LIMIT = 64;

    private DiskImages() {
    }

    /** Opens an image wherever its files lie. For tools and tests; a host that serves strangers names roots. */
    public static DiskImage open(final ImageSpec spec) throws IOException {
        return open(spec, AllowedRoots.ANYWHERE, CHAIN_LIMIT);
    }

    /**
     * Opens an image whose files, symbolic links resolved, all lie below one of some folders.
     *
     * @throws ImageRefusedException     if a file lies elsewhere or is not what the definition says.
     * @throws UnsupportedImageException if the image is encrypted or of a kind not known.
     * @throws CorruptImageException     if its header breaks the rules.
     */
    public static DiskImage open(final ImageSpec spec, final List<Path> allowedRoots) throws IOException {
        return open(spec, AllowedRoots.of(allowedRoots), CHAIN_LIMIT);
    }

    private static ImageLayer open(final ImageSpec spec, final AllowedRoots roots, final int filesLeft)
            throws IOException {
        if (filesLeft == 0) {
            throw new ImageRefusedException(spec.path(), "chain of backing files longer than " + CHAIN_LIMIT
                    + "; shorten it with a block commit");
        }
        return switch (spec.format()) {
            case RAW -> openRaw(spec, roots);
            case QCOW2 -> openQcow2(spec, roots, filesLeft);
        };
    }

    private static ImageLayer openRaw(final ImageSpec spec, final AllowedRoots roots) throws IOException {
        try (Closer opened = new Closer()) {
            return opened.keptBy(new RawImage(opened.add(roots.open(spec.path()))));
        }
    }

    private static ImageLayer openQcow2(final ImageSpec spec, final AllowedRoots roots, final int filesLeft)
            throws IOException {
        try (Closer opened = new Closer()) {
            final ImageFile file = opened.add(roots.open(spec.path()));
            final Qcow2HeaderBytes header = Qcow2HeaderReader.read(file);
            Qcow2Links.requireAsDefined(header.header().identity(), spec, file.path());
            final ImageFile dataFile =
                    spec.dataFile() == null ? file : opened.add(roots.open(spec.dataFile()));
            final ImageLayer backing =
                    spec.backing() == null ? null : opened.add(open(spec.backing(), roots, filesLeft - 1));
            return opened.keptBy(new Qcow2Image(file, dataFile, backing, header));
        }
    }
}
