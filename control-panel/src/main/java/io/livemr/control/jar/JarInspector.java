package io.livemr.control.jar;

import static io.livemr.control.jar.JarReason.BAD_ENTRY_NAME;
import static io.livemr.control.jar.JarReason.DUPLICATE_ENTRY;
import static io.livemr.control.jar.JarReason.MAIN_CLASS_MISMATCH;
import static io.livemr.control.jar.JarReason.NOT_A_ZIP;
import static io.livemr.control.jar.JarReason.NO_MAIN_CLASS;
import static io.livemr.control.jar.JarReason.TOO_MANY_ENTRIES;
import static io.livemr.control.jar.JarReason.UNPACKED_TOO_LARGE;

import io.livemr.control.settings.JarSettings;
import io.livemr.control.settings.PanelSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.springframework.stereotype.Component;

/**
 * Reads an uploaded jar as the zip file it is. RunJar will unpack all of it, so each entry is unpacked here once, into nothing: sizes in a
 * zip's directory are its maker's word. Memory is bounded by the number of entries. No class is loaded.
 */
@Component
public class JarInspector {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MANIFEST_LIMIT_BYTES = 1024 * 1024;

    private final JarSettings limits;

    public JarInspector(final PanelSettings settings) {
        this.limits = settings.jars();
    }

    /**
     * Checks a jar.
     *
     * @param wanted main class the user named; null or empty for the manifest's.
     * @return main class and whether the manifest names it.
     */
    Main inspect(final Path jar, final String wanted) throws RejectedJarException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            checkEntries(zip);
            final Main main = main(zip, wanted);
            requireClass(zip, main.name());
            return main;
        } catch (final IOException | IllegalArgumentException e) {
            throw new RejectedJarException(NOT_A_ZIP, "the jar is not a readable zip file: " + e.getMessage() + "; build it again and submit that");
        }
    }

    private void checkEntries(final ZipFile zip) throws RejectedJarException, IOException {
        if (zip.size() > limits.entryLimit()) {
            throw new RejectedJarException(TOO_MANY_ENTRIES, "the jar has entries=" + zip.size() + ", the limit is " + limits.entryLimit());
        }
        final Set<String> names = new HashSet<>();
        long unpackedBytes = 0;
        for (final ZipEntry entry : Collections.list(zip.entries())) {
            checkName(entry.getName(), names);
            unpackedBytes += unpack(zip, entry, limits.unpackedLimit().toBytes() - unpackedBytes);
        }
    }

    private static void checkName(final String name, final Set<String> names) throws RejectedJarException {
        final boolean climbs = Arrays.asList(name.split("/", -1)).contains("..");
        if (climbs || name.isEmpty() || name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            throw new RejectedJarException(BAD_ENTRY_NAME, "the jar's entry=" + printable(name) + " would be unpacked elsewhere; take it out");
        }
        if (!names.add(name)) {
            throw new RejectedJarException(DUPLICATE_ENTRY, "the jar has entry=" + printable(name) + " twice; build it again without");
        }
    }

    private long unpack(final ZipFile zip, final ZipEntry entry, final long roomBytes) throws RejectedJarException, IOException {
        final byte[] buffer = new byte[BUFFER_BYTES];
        final CRC32 crc = new CRC32();
        long lengthBytes = 0;
        try (InputStream content = zip.getInputStream(entry)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                lengthBytes += n;
                crc.update(buffer, 0, n);
                if (lengthBytes > roomBytes) {
                    throw new RejectedJarException(UNPACKED_TOO_LARGE, "the jar unpacks to more than unpackedLimitBytes="
                        + limits.unpackedLimit().toBytes() + ", reached in entry=" + printable(entry.getName()));
                }
            }
        }
        if (entry.getCrc() != crc.getValue()) {
            throw new ZipException("entry=" + printable(entry.getName()) + " has another checksum than the jar's directory says");
        }
        return lengthBytes;
    }

    private static Main main(final ZipFile zip, final String wanted) throws RejectedJarException, IOException {
        final String declared = declaredMain(zip);
        if (wanted == null || wanted.isBlank()) {
            if (declared == null) {
                throw new RejectedJarException(NO_MAIN_CLASS, "neither the job nor the jar's manifest names a main class; set mainClass");
            }
            return new Main(declared, true);
        }
        if (declared != null && !declared.equals(wanted)) {
            throw new RejectedJarException(MAIN_CLASS_MISMATCH, "mainClass=" + wanted + " but the jar's manifest has Main-Class=" + printable(declared)
                + ", which RunJar would run; submit that one or build the jar without Main-Class");
        }
        return new Main(wanted, declared != null);
    }

    /** Read from the plain entry: {@code JarFile} would look into signatures and versioned entries as well. */
    private static String declaredMain(final ZipFile zip) throws IOException {
        final ZipEntry entry = zip.getEntry("META-INF/MANIFEST.MF");
        if (entry == null) {
            return null;
        }
        try (InputStream content = zip.getInputStream(entry)) {
            final byte[] bytes = content.readNBytes(MANIFEST_LIMIT_BYTES);
            final String name = new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            return name == null ? null : name.strip().replace('/', '.');
        }
    }

    private static void requireClass(final ZipFile zip, final String mainClass) throws RejectedJarException {
        final String entry = mainClass.replace('.', '/') + ".class";
        if (zip.getEntry(entry) == null && zip.getEntry("classes/" + entry) == null) {
            throw new RejectedJarException(NO_MAIN_CLASS, "the jar has no entry=" + printable(entry) + "; check mainClass");
        }
    }

    /** Names go into answers and logs: cut, and without control characters. */
    private static String printable(final String name) {
        final String clean = name.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > 200 ? clean.substring(0, 200) + "…" : clean;
    }

    /** A main class and who named it. */
    record Main(String name, boolean inManifest) { }
}
