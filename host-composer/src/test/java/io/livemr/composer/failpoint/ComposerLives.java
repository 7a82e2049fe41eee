package io.livemr.composer.failpoint;

import io.livemr.failpoint.kill.Lives;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** One composer after the other on the same state folder; the guest goes on for a little while there is none. */
final class ComposerLives extends Lives<ComposerProcess> {

    private final Path folder;
    private final ModelGuest guest;
    private int states;

    ComposerLives(final Path folder, final ModelGuest guest) {
        super(folder, Duration.ofSeconds(10));
        this.folder = folder;
        this.guest = guest;
    }

    /** Returns when it serves. */
    @Override
    protected ComposerProcess born(final String armed) throws IOException {
        return new ComposerProcess(folder, folder.resolve("state-" + states), armed, ComposerProcess.CLASSES.option());
    }

    @Override
    protected void mourn() throws Exception {
        guest.writeOn();
    }

    @Override
    protected void anew() {
        states++;
    }
}
