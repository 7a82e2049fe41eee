package io.livemr.launcher;

import io.livemr.lab.cli.LabCommand;
import io.livemr.launcher.bench.BenchCommand;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.Failures;
import io.livemr.launcher.demo.DemoCommand;
import io.livemr.launcher.doctor.DoctorCommand;
import io.livemr.launcher.hdfs.ComposeCommand;
import io.livemr.launcher.hdfs.HdfsCommand;
import io.livemr.launcher.job.JobsCommand;
import io.livemr.launcher.job.LogCommand;
import io.livemr.launcher.job.SubmitCommand;
import io.livemr.launcher.stack.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs of {@code ./livemr}. */
@Command(name = "livemr", mixinStandardHelpOptions = true, version = "livemr 0.1.0", footer = ExitCode.HELP,
    description = "Run Hadoop MapReduce on files inside the disks of running virtual machines, without copying them.",
    subcommands = {DemoCommand.class, UpCommand.class, SubmitCommand.class, JobsCommand.class, LogCommand.class,
        ComposeCommand.class, HdfsCommand.class, LabCommand.class, BenchCommand.class, DoctorCommand.class, CommandLine.HelpCommand.class})
public final class Main {
    private Main() {
    }

    public static void main(final String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        final CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler(new Failures()).setCaseInsensitiveEnumValuesAllowed(true);
        // Hadoop's own options follow these two verbs; they are not ours to read.
        for (final String verb : new String[] {"hdfs", "bench"}) {
            line.getSubcommands().get(verb).setStopAtPositional(true).setUnmatchedOptionsArePositionalParams(true);
        }
        return line;
    }
}
