package io.livemr.agent.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a whole disk's identity from its sysfs folder, {@code /sys/devices/…/block/vda}. */
final class DiskIdentityReader {

    private static final Pattern PCI = Pattern.compile("[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");
    private static final Pattern SCSI = Pattern.compile("\\d+:\\d+:\\d+:\\d+");
    private static final int PAGE_HEADER_BYTES = 4;

    private DiskIdentityReader() {
    }

    static DiskIdentity read(final Path disk) throws IOException {
        return new DiskIdentity(
                serial(disk), last(SCSI, disk), last(PCI, disk), Sysfs.number(disk.resolve("size")), vendor(disk), node(disk));
    }

    private static String vendor(final Path disk) throws IOException {
        final Path vendor = disk.resolve("device/vendor");
        return Files.isReadable(vendor) ? nullIfBlank(Sysfs.text(vendor)) : null;
    }

    /** sysfs writes a slash in a device's name as an exclamation mark. */
    private static Path node(final Path disk) {
        return Path.of("/dev", disk.getFileName().toString().replace('!', '/'));
    }

    /** virtio-blk says it in {@code serial}; SCSI in page 80h of its vital product data, NVMe below {@code device}. */
    private static String serial(final Path disk) throws IOException {
        for (final String place : new String[] {"serial", "device/serial"}) {
            if (Files.isReadable(disk.resolve(place))) {
                return nullIfBlank(Sysfs.text(disk.resolve(place)));
            }
        }
        final Path page = disk.resolve("device/vpd_pg80");
        return Files.isReadable(page) ? nullIfBlank(serialOfPage(Files.readAllBytes(page))) : null;
    }

    static String serialOfPage(final byte[] page) {
        if (page.length < PAGE_HEADER_BYTES) {
            return "";
        }
        final int length = Byte.toUnsignedInt(page[2]) << 8 | Byte.toUnsignedInt(page[3]);
        final int end = Math.min(page.length, PAGE_HEADER_BYTES + length);
        return new String(Arrays.copyOfRange(page, PAGE_HEADER_BYTES, end), StandardCharsets.US_ASCII);
    }

    private static String nullIfBlank(final String text) {
        final String trimmed = text.replace("\0", "").trim();
        return trimmed.isEmpty() ? null : trimmed;
    }

    private static String last(final Pattern pattern, final Path disk) {
        String found = null;
        for (final Path component : disk) {
            final Matcher matcher = pattern.matcher(component.toString());
            found = matcher.matches() ? component.toString() : found;
        }
        return found;
    }
}
