package io.livemr.hdfs.linker;

import io.livemr.hdfs.composer.ComposedFile;
import io.livemr.hdfs.composer.ComposerClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.PathIOException;

/** Waits until a composed file is live, saying meanwhile who has been asked and what they answered. */
final class ConsentWait {

    private static final long POLL_MILLIS = 100;

    private final ComposerClient composer;
    private final PrintStream progress;
    private final int seconds;
    private final Map<ComposedFile.Source, String> shown = new HashMap<>();

    ConsentWait(ComposerClient composer, PrintStream progress, int seconds) {
        this.composer = composer;
        this.progress = progress;
        this.seconds = seconds;
    }

    ComposedFile untilLive(ComposedFile asked) throws IOException {
        final long start = System.nanoTime();
        ComposedFile file = asked;
        while (!file.isLive()) {
            show(file);
            if (file.isOver()) {
                throw refused(file);
            }
            if (System.nanoTime() - start >= TimeUnit.SECONDS.toNanos(seconds)) {
                throw new PathIOException(file.name(), "not live after " + seconds + " s: " + describe(file)
                    + "; the same command waits on, -wait SECONDS waits longer");
            }
            pause();
            file = composer.file(file.name());
        }
        return file;
    }

    private void show(ComposedFile file) {
        for (final ComposedFile.Source source : file.sources()) {
            final String line = describe(source);
            if (!line.equals(shown.put(new ComposedFile.Source(
                    source.vm(), source.path(), null, null, null, null, null, 0), line))) {
                progress.println(line);
            }
        }
    }

    private static PathIOException refused(ComposedFile file) {
        return new PathIOException(file.name(), describe(file));
    }

    private static String describe(ComposedFile file) {
        final StringBuilder text = new StringBuilder("state=" + file.state()
            + (file.reason() == null ? "" : " reason=" + file.reason())
            + (file.message() == null ? "" : " " + file.message()));
        file.sources().stream().filter(source -> !"LIVE".equals(source.state()))
            .forEach(source -> text.append("; ").append(describe(source)));
        return text.toString();
    }

    private static String describe(ComposedFile.Source source) {
        final String what = source.vm() + ":" + source.path() + " " + source.state();
        return what + (source.owner() == null ? "" : ", owner " + source.owner())
            + (source.reason() == null ? "" : ", " + source.reason())
            + Objects.requireNonNullElse(source.message() == null ? null : ": " + source.message(), "");
    }

    private static void pause() throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for consent");
        }
    }
}
