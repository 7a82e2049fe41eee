package io.livemr.agent.channel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines. A line that is longer than the limit is skipped to its end and reported once.
 * Empty lines are nothing: they end the half line of an earlier conversation. For one thread.
 */
final class LineBuffer {

    static final int LIMIT_BYTES = 256 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Consumer<String> onLine;
    private final Runnable onTooLong;
    private boolean skipping;

    LineBuffer(final Consumer<String> onLine, final Runnable onTooLong) {
        this.onLine = onLine;
        this.onTooLong = onTooLong;
    }

    void add(final byte[] bytes, final int count) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                append(bytes, start, i - start);
                endLine();
                start = i + 1;
            }
        }
        append(bytes, start, count - start);
    }

    /** Forgets a half line: the host that was saying it is gone. */
    void reset() {
        line.reset();
        skipping = false;
    }

    private void append(final byte[] bytes, final int from, final int count) {
        if (line.size() + count > LIMIT_BYTES) {
            skipping = true;
            line.reset();
        } else if (!skipping) {
            line.write(bytes, from, count);
        }
    }

    private void endLine() {
        if (skipping) {
            onTooLong.run();
        } else if (line.size() > 0) {
            onLine.accept(line.toString(StandardCharsets.UTF_8));
        }
        reset();
    }
}
