package io.livemr.lab.ssh;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * One command for a guest. A single string is a line for the guest's shell; several are a program and its arguments, which no
 * shell takes apart. Runs as root unless told otherwise. Not for use by several threads.
 */
public final class GuestCommand {
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(10);

    private final String line;
    private String user = "root";
    private InputStream stdin = InputStream.nullInputStream();
    private OutputStream stdout;
    private Duration limit = DEFAULT_LIMIT;

    private GuestCommand(final String line) {
        this.line = line;
    }

    public static GuestCommand of(final String... command) {
        if (command.length == 0) {
            throw new IllegalArgumentException("a command has at least one word");
        }
        return new GuestCommand(command.length == 1 ? command[0] : ShellQuote.words(Arrays.asList(command)));
    }

    public GuestCommand as(final String name) {
        this.user = name;
        return this;
    }

    public GuestCommand stdin(final InputStream source) {
        this.stdin = source;
        return this;
    }

    public GuestCommand stdin(final String text) {
        return stdin(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Where standard output goes as it comes; without it, it is kept for the result, up to a limit. */
    public GuestCommand stdoutTo(final OutputStream target) {
        this.stdout = target;
        return this;
    }

    public GuestCommand limit(final Duration time) {
        this.limit = time;
        return this;
    }

    /** What the guest's login shell is given. */
    public String remoteLine() {
        return "root".equals(user) ? line : "su -s /bin/sh " + ShellQuote.word(user) + " -c " + ShellQuote.word(line);
    }

    InputStream stdin() {
        return stdin;
    }

    Optional<OutputStream> stdout() {
        return Optional.ofNullable(stdout);
    }

    Duration limit() {
        return limit;
    }
}
