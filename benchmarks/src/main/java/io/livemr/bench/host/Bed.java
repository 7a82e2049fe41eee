package io.livemr.bench.host;

import io.livemr.launcher.stack.Installation;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where a benchmark runs.
 *
 * @param folder   its own, empty at first, gone in the end.
 * @param teardown whatever is started is added here.
 * @param progress told what is going on, in a few words.
 */
public record Bed(Installation installation, Path folder, Teardown teardown, Consumer<String> progress) {

    public Programs programs() {
        return new Programs(this);
    }
}
