package io.livemr.launcher.listing;

import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.Table;
import picocli.CommandLine.Command;

/** {@code livemr files}. */
@Command(name = "files", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
    description = "List composed files: where they are, how long, and how far behind the agent in the VM they can be at most.")
public final class FilesCommand extends ListVerb {
    @Override
    String path() {
        return "/api/v1/files?";
    }

    @Override
    Table table() {
        return new Table().column("NAME", "name").column("VM", "vm").column("PATH", "path").column("STATE", "state").column("REASON", "reason")
            .column("BYTES", "lengthBytes").column("MAPPED", "mappedAt").column("LAG ms", "lagMillis").column("HOST", "host");
    }
}
