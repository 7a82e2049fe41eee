package io.livemr.launcher.listing;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.PanelOption;
import io.livemr.launcher.cli.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code livemr vms}. */
@Command(name = "vms", mixinStandardHelpOptions = true, footer = ExitCode.HELP, description = "List the virtual machines whose files jobs can read.")
public final class VmsCommand implements Callable<Integer> {
    @Mixin
    private PanelOption panel;
    @Mixin
    private OutputOption output;

    @Override
    public Integer call() {
        final JsonNode vms = panel.client().vms();
        output.print(vms, new Table().column("NAME", "name").column("STATE", "state").column("AGENT", "agent").column("MAPS", "maps")
            .column("UUID", "uuid").column("HOST", "composer").of(vms));
        return ExitCode.DONE;
    }
}
