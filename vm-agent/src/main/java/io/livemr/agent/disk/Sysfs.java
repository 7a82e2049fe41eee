package io.livemr.agent.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Small files of sysfs. */
final class Sysfs {

    private Sysfs() {
    }

    static String text(final Path file) throws IOException {
        return Files.readString(file).trim();
    }

    static long number(final Path file) throws IOException {
        return Long.parseLong(text(file));
    }

    /** The node's name below {@code /dev}, as the kernel says it. */
    static Optional<String> deviceName(final Path blockDevice) throws IOException {
        return Files.readAllLines(blockDevice.resolve("uevent")).stream()
                .filter(line -> line.startsWith("DEVNAME="))
                .map(line -> line.substring("DEVNAME=".length()))
                .findFirst();
    }
}
