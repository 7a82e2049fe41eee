package io.livemr.launcher.listing;

import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.Table;
import picocli.CommandLine.Command;

/** {@code livemr hosts}. */
@Command(name = "hosts", mixinStandardHelpOptions = true, footer = ExitCode.HELP, description = "List the compute nodes that the panel knows.")
public final class HostsCommand extends ListVerb {
    @Override
    String path() {
        return "/api/v1/hosts?";
    }

    @Override
    Table table() {
        return new Table().column("URL", "url").column("REACHABLE", host -> host.path("reachable").asBoolean() ? "yes" : "no")
            .column("SINCE", "since").column("VMS", "vms").column("FILES", "files").column("MODE", "mode").column("VERSION", "version")
            .column("MESSAGE", "message");
    }
}
