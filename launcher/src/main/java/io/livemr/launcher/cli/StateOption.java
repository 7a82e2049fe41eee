package io.livemr.launcher.cli;

import io.livemr.launcher.stack.StackDescription;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --state}: the folder of the stack that a verb starts or speaks to. */
public final class StateOption {
    @Option(names = "--state", paramLabel = "DIR", defaultValue = "/var/lib/livemr",
        description = "State folder of the stack (default: ${DEFAULT-VALUE}).")
    private Path folder;

    public Path folder() {
        return folder;
    }

    /** The stack that runs there; says so if none does. */
    public StackDescription running() {
        return StackDescription.find(folder);
    }
}
