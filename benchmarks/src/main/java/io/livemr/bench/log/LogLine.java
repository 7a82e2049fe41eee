package io.livemr.bench.log;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One line.
 *
 * <pre>
 *  byte 0            12  13                     118  119         127
 *       +-------------+---+----------------------+----+-----------+----+
 *       | number      |' '| words, then blanks   |' ' | CRC-32    |'\n'|
 *       | 12 digits   |   |                      |    | 8 hex     |    |
 *       +-------------+---+----------------------+----+-----------+----+
 * </pre>
 *
 * 128 bytes of ASCII: a page holds a whole number of lines, so at no moment does the file end inside one. The checksum is of bytes 0 to
 * 118. Lines are numbered from 0. Used in the guest too, where there is only the JDK and this folder. One instance, one thread.
 */
public final class LogLine {

    public static final int BYTES = 128;
    static final int NUMBER_BYTES = 12;
    static final int CHECKED_BYTES = 119;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String[] LEVELS = {"INFO", "INFO", "INFO", "INFO", "INFO", "INFO", "INFO", "WARN", "DEBUG", "ERROR"};

    private final CRC32 checksum = new CRC32();

    /** Writes the line of that number. */
    public void put(final long number, final byte[] target, final int start) {
        putDigits(number, target, start);
        final byte[] words = words(number);
        java.util.Arrays.fill(target, start + NUMBER_BYTES, start + CHECKED_BYTES, (byte) ' ');
        System.arraycopy(words, 0, target, start + NUMBER_BYTES + 1, words.length);
        putChecksum(target, start);
        target[start + BYTES - 1] = '\n';
    }

    private static byte[] words(final long number) {
        return (LEVELS[(int) (number % LEVELS.length)] + " user" + number % 97 + " GET /page/" + number % 389 + " took " + number * 7 % 211
            + " ms").getBytes(StandardCharsets.US_ASCII);
    }

    private static void putDigits(final long number, final byte[] target, final int start) {
        long left = number;
        for (int at = start + NUMBER_BYTES - 1; at >= start; at--) {
            target[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    private void putChecksum(final byte[] target, final int start) {
        final long value = checksumOf(target, start);
        for (int digit = 0; digit < 8; digit++) {
            target[start + CHECKED_BYTES + digit] = HEX[(int) (value >>> (28 - 4 * digit) & 0xF)];
        }
    }

    private long checksumOf(final byte[] line, final int start) {
        checksum.reset();
        checksum.update(line, start, CHECKED_BYTES);
        return checksum.getValue();
    }

    /** The line's number; −1 if any byte of it is not as it was written. */
    public long numberOf(final byte[] source, final int start) {
        long number = 0;
        for (int at = start; at < start + NUMBER_BYTES; at++) {
            if (source[at] < '0' || source[at] > '9') {
                return -1;
            }
            number = number * 10 + source[at] - '0';
        }
        return source[start + BYTES - 1] == '\n' && checksumFits(source, start) ? number : -1;
    }

    private boolean checksumFits(final byte[] source, final int start) {
        final long value = checksumOf(source, start);
        for (int digit = 0; digit < 8; digit++) {
            if (source[start + CHECKED_BYTES + digit] != HEX[(int) (value >>> (28 - 4 * digit) & 0xF)]) {
                return false;
            }
        }
        return true;
    }
}
