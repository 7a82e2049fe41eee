package io.livemr.launcher.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.PanelOption;
import io.livemr.launcher.cli.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code livemr job ID}. */
@Command(name = "job", mixinStandardHelpOptions = true, footer = ExitCode.HELP, description = "Show one job and how each of its inputs stands.")
public final class JobCommand implements Callable<Integer> {
    private static final List<String> FIELDS = List.of("id", "name", "state", "reason", "message", "mainClass", "output", "requester", "exitCode",
        "createdAt", "startedAt", "finishedAt");

    @Mixin
    private PanelOption panel;
    @Mixin
    private OutputOption output;

    @Parameters(paramLabel = "ID", description = "As `livemr jobs` shows it.")
    private String id;

    @Override
    public Integer call() {
        final JsonNode job = panel.client().job(id);
        output.print(job, words(job));
        return ExitCode.DONE;
    }

    private static String words(final JsonNode job) {
        final String fields = FIELDS.stream().filter(job::has)
            .map(field -> String.format("%-11s %s", field, Table.plain(job.path(field).asText()))).collect(Collectors.joining("\n"));
        final String inputs = new Table().column("INPUT", input -> input.path("vm").asText() + ":" + input.path("path").asText())
            .column("STATE", "state").column("REASON", "reason").column("OWNER", "owner").column("BYTES", "lengthBytes")
            .column("MAPPED", "mappedAt").column("LAG ms", "lagMillis").of(job.path("inputs"));
        return fields + "\n\n" + inputs;
    }
}
