package io.livemr.lab.cli;

import io.livemr.lab.LabSpec;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which lab: the folder that it keeps its state in. */
final class StateOption {
    @Option(names = "--state", paramLabel = "DIR", description = "The lab's state folder; default ${DEFAULT-VALUE}.",
            defaultValue = "/var/lib/livemr/lab")
    private Path state = LabSpec.DEFAULT_STATE;

    Path folder() {
        return state;
    }
}
