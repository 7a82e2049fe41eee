package io.livemr.launcher.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.PanelOption;
import io.livemr.launcher.cli.Table;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.client.PanelClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code livemr kill ID…}. */
@Command(name = "kill", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
    description = "End jobs that wait or run. One that has ended stays as it is.")
public final class KillCommand implements Callable<Integer> {
    @Mixin
    private PanelOption panel;
    @Mixin
    private OutputOption output;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "As `livemr jobs` shows it.")
    private List<String> ids;

    /** Comes back when each of them has ended. */
    @Override
    public Integer call() {
        final PanelClient client = panel.client();
        ids.forEach(client::kill);
        final ArrayNode jobs = JsonHttp.JSON.createArrayNode();
        ids.forEach(id -> {
            client.events(id).follow((name, data) -> { });
            jobs.add(client.job(id));
        });
        output.print(jobs, new Table().column("ID", "id").column("STATE", "state").of(jobs));
        return ExitCode.DONE;
    }
}
