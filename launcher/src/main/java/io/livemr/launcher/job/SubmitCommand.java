package io.livemr.launcher.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.StateOption;
import io.livemr.launcher.client.JobRequest;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.process.Poll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code livemr submit}. */
@Command(name = "submit", mixinStandardHelpOptions = true, footer = ExitCode.HELP, sortOptions = false,
    description = "Submit a job to the control panel. The owners of its inputs are asked by mail in their VMs.")
public final class SubmitCommand implements Callable<Integer> {
    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofDays(7);

    @Spec
    private CommandSpec spec;
    @Mixin
    private StateOption state;
    @Mixin
    private OutputOption output;
    @Option(names = "--jar", required = true, paramLabel = "FILE", description = "An ordinary MapReduce job jar.")
    private Path jar;
    @Option(names = "--main", paramLabel = "CLASS", description = "Main class, if the jar's manifest names none.")
    private String mainClass;
    @Option(names = "--name", paramLabel = "NAME", description = "For the list of jobs (default: the jar's).")
    private String name;
    @Option(names = "--input", required = true, paramLabel = "VM:PATH", description = "A file of a VM; repeatable.")
    private List<String> inputs;
    @Option(names = "--wait", description = "Wait until the job has ended; exit 1 unless it succeeded.")
    private boolean wait;
    @Parameters(paramLabel = "ARG", description = "Arguments for the main class; {input} and {output} stand for the job's folders in HDFS"
        + " (default: just these two).")
    private List<String> args = List.of();

    @Override
    public Integer call() {
        final PanelClient panel = state.running().panel();
        final String id = panel.submit(new JobRequest(name == null ? jar.getFileName().toString() : name, jar, mainClass, args,
            inputs.stream().map(this::input).toList()));
        if (wait) {
            Poll.until(LONGEST, STEP, () -> PanelClient.hasEnded(panel.job(id).path("state").asText()));
        }
        final JsonNode job = panel.job(id);
        final String now = job.path("state").asText();
        output.print(job, id + " " + now);
        return wait && !now.equals("SUCCEEDED") ? ExitCode.FAILED : ExitCode.DONE;
    }

    private JobRequest.Input input(final String word) {
        final int colon = word.indexOf(':');
        if (colon < 1 || colon == word.length() - 1) {
            throw new ParameterException(spec.commandLine(), "'" + word + "' is not VM:PATH");
        }
        return new JobRequest.Input(word.substring(0, colon), word.substring(colon + 1));
    }
}
