package io.livemr.control.engine;

import io.livemr.control.guard.StepFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The end of a step's output, for messages. */
public final class LogTail {

    private static final int LIMIT_BYTES = 1_000;

    private LogTail() { }

    /** Up to 1,000 bytes of whole lines; says so when there is none. */
    public static String of(final Path step) {
        try (RandomAccessFile log = new RandomAccessFile(new StepFolder(step).log().toFile(), "r")) {
            final int count = (int) Math.min(LIMIT_BYTES, log.length());
            final byte[] bytes = new byte[count];
            log.seek(log.length() - count);
            log.readFully(bytes);
            final String text = new String(bytes, StandardCharsets.UTF_8).strip();
            final int cut = count == LIMIT_BYTES ? text.indexOf('\n') + 1 : 0;
            return text.isEmpty() ? "it wrote nothing" : text.substring(cut);
        } catch (final IOException e) {
            return "its log is not readable";
        }
    }
}
