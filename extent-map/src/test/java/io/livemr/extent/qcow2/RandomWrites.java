package io.livemr.extent.qcow2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random qemu-io commands that leave every kind of cluster behind. What is written comes from a file of random bytes
 * with an odd length, so that no two clusters are alike and a misplaced one is noticed.
 */
final class RandomWrites {

    private static final int PATTERN_BYTES = 1_000_003;

    private final Random random;
    private final Path pattern;
    private final long diskBytes;

    RandomWrites(final Random random, final Path folder, final long diskBytes) throws IOException {
        this.random = random;
        this.diskBytes = diskBytes;
        this.pattern = folder.resolve("pattern.bin");
        final byte[] bytes = new byte[PATTERN_BYTES];
        random.nextBytes(bytes);
        Files.write(pattern, bytes);
    }

    List<String> commands(final int count) {
        final List<String> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commands.add(command());
        }
        return commands;
    }

    private String command() {
        final long length = 512 * (1 + random.nextInt(random.nextBoolean() ? 16 : 1_500));
        final long offset = 512 * random.nextLong(diskBytes / 512 - length / 512 + 1);
        final String range = " " + offset + " " + length;
        return switch (random.nextInt(7)) {
            case 0 -> "write -z" + range;
            case 1 -> "write -z -u" + range;
            case 2 -> "discard" + range;
            default -> "write -s " + pattern + range;
        };
    }
}
