package io.livemr.launcher.demo;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Hands on each line with the {@link System#nanoTime} at which its last byte came. Used by one thread. */
final class LineStamper extends OutputStream {
    private final BiConsumer<String, Long> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineStamper(final BiConsumer<String, Long> lines) {
        this.lines = lines;
    }

    @Override
    public void write(final int octet) {
        if (octet == '\n') {
            lines.accept(line.toString(StandardCharsets.UTF_8), System.nanoTime());
            line.reset();
        } else {
            line.write(octet);
        }
    }
}
