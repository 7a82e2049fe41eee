package io.livemr.launcher.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * How much disk the block files of a DataNode take: allocated bytes, not lengths. A linked block is a sparse file of the
 * block's length and takes none; a copied one takes all.
 */
final class BlockFiles {
    private static final int STAT_BLOCK_BYTES = 512;

    private BlockFiles() {
    }

    /** Java's file attributes lack {@code st_blocks}; find prints it. Checksum and link records ({@code .meta}) are not data. */
    static long allocatedBytes(final Path dataFolder) throws IOException, InterruptedException {
        final Process find = new ProcessBuilder(
            "find", dataFolder.toString(), "-name", "blk_*", "!", "-name", "*.meta", "-type", "f", "-printf", "%b\n").start();
        final String blocks = new String(find.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (find.waitFor() != 0) {
            throw new IOException("cannot list the blocks in " + dataFolder);
        }
        return blocks.lines().mapToLong(Long::parseLong).sum() * STAT_BLOCK_BYTES;
    }
}
