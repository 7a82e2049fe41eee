package io.livemr.extent.qcow2;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Compares the file names inside a qcow2 header with the domain's definition. The names are only compared: what is
 * opened is always the definition's path.
 */
final class Qcow2Links {

    private Qcow2Links() {
    }

    static void requireAsDefined(final Qcow2Header.Identity header, final ImageSpec spec, final Path image)
            throws IOException {
        final Path backing = spec.backing() == null ? null : spec.backing().path();
        requireSame("backing file", header.backingName(), backing, spec.path(), image);
        requireSameFormat(header.backingFormat(), spec, image);
        requireDataFile(header, spec, image);
    }

    private static void requireDataFile(final Qcow2Header.Identity header, final ImageSpec spec, final Path image)
            throws IOException {
        if (header.externalDataFile() != (spec.dataFile() != null)) {
            throw new ImageRefusedException(image, "external data file: the header says "
                    + (header.externalDataFile() ? "yes" : "no") + ", the definition says " + spec.dataFile());
        }
        if (header.dataFileName() != null) {
            requireSame("data file", header.dataFileName(), spec.dataFile(), spec.path(), image);
        }
    }

    private static void requireSameFormat(final String headerFormat, final ImageSpec spec, final Path image)
            throws ImageRefusedException {
        if (headerFormat != null && spec.backing() != null
                && !headerFormat.equals(spec.backing().format().qemuName())) {
            throw new ImageRefusedException(image, "backing format: the header says " + headerFormat
                    + ", the definition says " + spec.backing().format().qemuName());
        }
    }

    private static void requireSame(
            final String what, final String inHeader, final Path defined, final Path namedAs, final Path image)
            throws IOException {
        final boolean same = inHeader == null || defined == null
                ? inHeader == null && defined == null
                : defined.toRealPath().equals(resolved(what, inHeader, namedAs, image));
        if (!same) {
            throw new ImageRefusedException(
                    image, what + ": the header says " + inHeader + ", the definition says " + defined);
        }
    }

    /** A relative name counts from the folder of the image, as the definition names the image: QEMU's rule. */
    private static Path resolved(final String what, final String name, final Path namedAs, final Path image)
            throws IOException {
        final String plain = name.startsWith("file:") ? name.substring("file:".length()) : name;
        final int colon = plain.indexOf(':');
        if (colon >= 0 && plain.lastIndexOf('/', colon) < 0) {
            throw new UnsupportedImageException(image, what + " is not a file name: " + name,
                    "name it by path (qemu-img rebase -u)");
        }
        try {
            return namedAs.toAbsolutePath().resolveSibling(plain).toRealPath();
        } catch (final InvalidPathException malformed) {
            throw new CorruptImageException(image, what + " is not a path: " + malformed.getReason());
        }
    }
}
