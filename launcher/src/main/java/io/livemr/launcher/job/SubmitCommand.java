package io.livemr.launcher.job;

import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.PanelOption;
import io.livemr.launcher.client.PanelClient.JobText;
import io.livemr.launcher.client.PanelClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code livemr submit}. */
@Command(name = "submit", mixinStandardHelpOptions = true, footer = ExitCode.HELP, sortOptions = false,
    description = "Submit a job to the control panel and wait for its end. The owners of its inputs are asked by mail in their VMs.")
public final class SubmitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Mixin
    private PanelOption panel;
    @Mixin
    private OutputOption output;
    @Mixin
    private Waiting waiting;

    @Option(names = "--jar", required = true, paramLabel = "FILE", description = "An ordinary MapReduce job jar.")
    private Path jar;

    @ArgGroup(multiplicity = "1")
    private Job job;

    /** A file that describes the job, or all that can be said here. */
    static final class Job {
        @Option(names = "--job", required = true, paramLabel = "FILE", description = "The job as JSON or YAML (by its suffix); docs/cli.md.")
        private Path file;
        @ArgGroup(exclusive = false)
        private JobOptions options;
    }

    @Override
    public Integer call() {
        if (!Files.isReadable(jar)) {
            throw new ParameterException(spec.commandLine(), "--jar=" + jar + " is not there or cannot be read by this user");
        }
        final PanelClient client = panel.client();
        return waiting.end(client, client.submit(job.file == null ? job.options.text(jar, spec) : text(job.file), jar), output);
    }

    private JobText text(final Path file) {
        try {
            return new JobText(file.toString().matches(".*\\.ya?ml") ? "application/yaml" : "application/json", Files.readString(file));
        } catch (final IOException e) {
            throw new ParameterException(spec.commandLine(), "--job=" + file + " cannot be read: " + e.getMessage());
        }
    }
}
