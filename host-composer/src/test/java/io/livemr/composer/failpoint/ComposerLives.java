package io.livemr.composer.failpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One composer after the other on the same state folder: where one is found dead, the guest goes on for a little and the next is started. */
final class ComposerLives implements AutoCloseable {

    /** What docs/fault-injection.md promises, once the program that takes the place of the killed one serves. */
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private final Path folder;
    private final ModelGuest guest;
    private final List<Integer> deaths = new ArrayList<>();
    private ComposerProcess composer;
    private String faults;
    private String nextFaults;
    private int states;
    private boolean isOver = true;

    ComposerLives(final Path folder, final ModelGuest guest) {
        this.folder = folder;
        this.guest = guest;
    }

    /** Faults strike while it is there. */
    Path switchFile() {
        return folder.resolve("faults-are-on");
    }

    /** Begins a case with the composer that is there, if the case before came to its end and left one that is armed for this. */
    void begin(final String now, final String next) throws Exception {
        nextFaults = next;
        deaths.clear();
        if (!isOver || !now.equals(faults)) {
            close();
            states++;
            start(now);
        }
        isOver = false;
        Files.createFile(switchFile());
    }

    /** The case went as it should. */
    void end() {
        isOver = true;
    }

    private void start(final String armed) throws IOException {
        Files.deleteIfExists(switchFile());
        faults = armed;
        composer = new ComposerProcess(folder, folder.resolve("state-" + states), armed);
    }

    ComposerProcess composer() {
        return composer;
    }

    /** Exit codes since the case began. */
    List<Integer> deaths() {
        return deaths;
    }

    interface Condition {
        boolean holds() throws IOException;
    }

    /** Tries until it holds; a composer that is dead meanwhile is replaced, and has its whole time from then on. */
    void await(final String what, final Condition condition) throws Exception {
        final long beganNanos = System.nanoTime();
        while (!holds(condition)) {
            reviveIfDead();
            final long waitedMillis = Math.min(composer.servesSinceMillis(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos));
            if (waitedMillis > RECOVERY.toMillis()) {
                throw new AssertionError(what + ": not within " + RECOVERY + "\n" + composer.output());
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    /** A call that fails halfway through says nothing of what became of it. */
    private boolean holds(final Condition condition) {
        try {
            return condition.holds();
        } catch (final IOException e) {
            return false;
        }
    }

    void awaitDeath() throws Exception {
        await("death", () -> !deaths.isEmpty());
    }

    private void reviveIfDead() throws Exception {
        if (!composer.isAlive()) {
            deaths.add(composer.exitCode());
            guest.writeOn();
            start(nextFaults);
        }
    }

    @Override
    public void close() throws Exception {
        if (composer != null) {
            composer.close();
        }
    }
}
