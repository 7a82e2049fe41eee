package io.livemr.system.guest;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * Does to one file, FOLDER/canary, what moves and frees its blocks, and gives them to other files at once.
 *
 * <pre>  java Churn FOLDER SEED ROUNDS OPERATION…  </pre>
 *
 * Each aligned 8-byte word of the canary is {@link #canary} of its offset or, where a hole is, zero: so any word that was ever
 * right is right for ever, and every other word in a reader's hands is another file's. The others' words say {@link #OTHER}.
 */
public final class Churn {
    /** Top 16 bits of a word of the canary. */
    public static final long CANARY = 0x4C4DL << 48;
    /** Top 16 bits of a word of any other file. */
    public static final long OTHER = 0xF0F0L << 48;

    private static final int BLOCK_BYTES = 4096;
    private static final int MOST_APPENDED_BYTES = 16 << 10;
    private static final int MOST_OTHER_BYTES = 256 << 10;
    private static final int OTHERS_KEPT = 8;
    private static final long LONGEST_BYTES = 8 << 20;

    private final Path folder;
    private final Path file;
    private final Random random;
    private int moves;
    private int refusedMoves;

    private Churn(final Path folder, final long seed) {
        this.folder = folder;
        this.file = folder.resolve("canary");
        this.random = new Random(seed);
    }

    public static long canary(final long offsetBytes) {
        return CANARY | offsetBytes / Long.BYTES;
    }

    public static void main(final String[] args) throws Exception {
        final Churn churn = new Churn(Path.of(args[0]), Long.parseLong(args[1]));
        final int rounds = Integer.parseInt(args[2]);
        for (int round = 0; round < rounds; round++) {
            churn.act(args[3 + churn.random.nextInt(args.length - 3)]);
            churn.reuse(round);
        }
        churn.run("sync");
        churn.checkMoves();
    }

    private void checkMoves() {
        if (moves > 10 && moves == refusedMoves) {
            throw new IllegalStateException("ext4 refused all of " + moves + " moves");
        }
    }

    private void act(final String operation) throws Exception {
        final long length = Files.size(file);
        switch (operation) {
            case "append" -> write(length, words(MOST_APPENDED_BYTES), StandardOpenOption.APPEND);
            case "direct" -> write(length / BLOCK_BYTES * BLOCK_BYTES, 2 * BLOCK_BYTES,
                StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
            case "overwrite" -> write(within(length), words(MOST_APPENDED_BYTES), StandardOpenOption.WRITE);
            case "truncate" -> truncate(within(length));
            case "extend" -> run("fallocate", "-o", "" + length, "-l", "" + words(MOST_APPENDED_BYTES), file.toString());
            case "punch" -> range("-p", length);
            case "zero" -> range("-z", length);
            case "defrag" -> defrag();
            default -> throw new IllegalArgumentException("no operation " + operation);
        }
        if (length > LONGEST_BYTES && !operation.equals("append")) {
            truncate(LONGEST_BYTES / 8);
        }
    }

    private void write(final long from, final int count, final OpenOption... options) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(count + 2 * BLOCK_BYTES).alignedSlice(BLOCK_BYTES).limit(count);
        for (int at = 0; at < count; at += Long.BYTES) {
            bytes.putLong(at, canary(from + at));
        }
        try (FileChannel channel = FileChannel.open(file, options)) {
            if (options[0] == StandardOpenOption.WRITE) {
                channel.position(from);
            }
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (random.nextInt(4) == 0) {
                channel.force(false);
            }
        }
    }

    private void truncate(final long toBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(toBytes);
        }
    }

    private void range(final String option, final long length) throws Exception {
        run("fallocate", option, "-n", "-o", "" + within(length), "-l", "" + words(MOST_OTHER_BYTES), file.toString());
    }

    /** ext4 refuses to move a file without blocks, and blocks beyond the end: whether any move was made is checked at the end. */
    private void defrag() throws Exception {
        final Process process = start("e4defrag", file.toString());
        process.getInputStream().readAllBytes();
        refusedMoves += process.waitFor() == 0 ? 0 : 1;
        moves++;
    }

    /** Another file comes, and an older one goes: what the canary gave back is soon somebody else's. */
    private void reuse(final int round) throws IOException {
        final int count = words(MOST_OTHER_BYTES);
        final ByteBuffer bytes = ByteBuffer.allocate(count);
        for (int at = 0; at < count; at += Long.BYTES) {
            bytes.putLong(at, OTHER | at);
        }
        try (FileChannel channel = FileChannel.open(folder.resolve("other-" + round),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(bytes);
            if (random.nextBoolean()) {
                channel.force(false);
            }
        }
        Files.deleteIfExists(folder.resolve("other-" + (round - OTHERS_KEPT)));
    }

    private int words(final int mostBytes) {
        return Long.BYTES * (1 + random.nextInt(mostBytes / Long.BYTES));
    }

    private long within(final long length) {
        return (random.nextLong() >>> 1) % Math.max(1, length / Long.BYTES) * Long.BYTES;
    }

    private void run(final String... command) throws Exception {
        final Process process = start(command);
        final String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    private static Process start(final String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
