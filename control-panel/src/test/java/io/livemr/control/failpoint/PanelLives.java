package io.livemr.control.failpoint;

import io.livemr.control.support.FakeComposer;
import io.livemr.control.support.Panel;
import io.livemr.failpoint.kill.Lives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One panel after the other on the same state folder. */
final class PanelLives extends Lives<Panel> {

    /** Jars of small jobs have room in it. */
    static final int KEPT_JARS_BYTES = 1_000_000;

    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path folder;
    private final FakeComposer composer;
    private int roots;
    private Runnable whenDead = () -> { };

    PanelLives(final Path folder, final FakeComposer composer) {
        super(folder, RECOVERY, PAUSE);
        this.folder = folder;
        this.composer = composer;
    }

    /** Holds what outlives the panel: its state, "HDFS", and the files of machines. */
    Path root() {
        return folder.resolve("root-" + roots);
    }

    void whenDead(final Runnable happens) {
        whenDead = happens;
    }

    @Override
    protected void mourn() {
        whenDead.run();
    }

    /** Returns when it serves. */
    @Override
    protected Panel born(final String armed) throws IOException {
        Files.createDirectories(root());
        return new Panel(root(), composer, "--livemr.jars.keep-size=" + KEPT_JARS_BYTES + "B").armed(armed).java(Panel.CLASSES.option()).start();
    }

    @Override
    protected void anew() {
        roots++;
    }
}
