package io.livemr.launcher.listing;

import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.Table;
import picocli.CommandLine.Command;

/** {@code livemr grants}. */
@Command(name = "grants", mixinStandardHelpOptions = true, footer = ExitCode.HELP, description = "List what owners were asked, and what they said.")
public final class GrantsCommand extends ListVerb {
    @Override
    String path() {
        return "/api/v1/grants?";
    }

    @Override
    Table table() {
        return new Table().column("VM", "vm").column("PATH", "path").column("STATE", "state").column("REASON", "reason")
            .column("FOR", "requester").column("OWNER", "owner").column("BY", "by").column("SINCE", "since").column("EXPIRES", "expiresAt");
    }
}
