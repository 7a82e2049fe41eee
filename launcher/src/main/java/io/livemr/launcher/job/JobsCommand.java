package io.livemr.launcher.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.StateOption;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code livemr jobs}. */
@Command(name = "jobs", mixinStandardHelpOptions = true, footer = ExitCode.HELP, description = "List the jobs of the running stack.")
public final class JobsCommand implements Callable<Integer> {
    @Mixin
    private StateOption state;
    @Mixin
    private OutputOption output;

    @Override
    public Integer call() {
        final JsonNode answer = state.running().panel().jobs();
        output.print(answer, StreamSupport.stream(answer.path("items").spliterator(), false).map(JobsCommand::line).collect(Collectors.joining("\n")));
        return ExitCode.DONE;
    }

    private static String line(final JsonNode job) {
        return String.join("  ", job.path("id").asText(), String.format("%-16s", job.path("state").asText()),
            job.path("name").asText(), job.path("reason").asText(""));
    }
}
