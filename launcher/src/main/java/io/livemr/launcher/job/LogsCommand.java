package io.livemr.launcher.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.PanelOption;
import io.livemr.launcher.client.PanelClient;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code livemr logs ID}. */
@Command(name = "logs", aliases = "log", mixinStandardHelpOptions = true, footer = ExitCode.HELP, description = "Show what a job's driver printed.")
public final class LogsCommand implements Callable<Integer> {
    @Mixin
    private PanelOption panel;
    @Mixin
    private OutputOption output;

    @Option(names = {"-f", "--follow"}, description = "Go on until the job has ended.")
    private boolean follow;

    @Parameters(paramLabel = "ID", description = "As `livemr jobs` shows it.")
    private String id;

    @Override
    public Integer call() {
        final PanelClient client = panel.client();
        if (follow) {
            client.events(id).follow(this::tell);
        } else {
            final String log = client.log(id);
            output.print(Map.of("id", id, "log", log), log);
        }
        return ExitCode.DONE;
    }

    /** As JSON one line an event. */
    private void tell(final String name, final JsonNode data) {
        if (name.equals("log")) {
            output.printPart(data, data.path("text").asText());
        }
    }
}
