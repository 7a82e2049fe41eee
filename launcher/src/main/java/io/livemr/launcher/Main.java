package io.livemr.launcher;

import io.livemr.lab.cli.LabCommand;
import io.livemr.launcher.bench.BenchCommand;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.Failures;
import io.livemr.launcher.demo.DemoCommand;
import io.livemr.launcher.doctor.DoctorCommand;
import io.livemr.launcher.hdfs.ComposeCommand;
import io.livemr.launcher.hdfs.HdfsCommand;
import io.livemr.launcher.job.JobCommand;
import io.livemr.launcher.job.KillCommand;
import io.livemr.launcher.job.LogsCommand;
import io.livemr.launcher.job.RerunCommand;
import io.livemr.launcher.job.SubmitCommand;
import io.livemr.launcher.listing.FilesCommand;
import io.livemr.launcher.listing.GrantsCommand;
import io.livemr.launcher.listing.HostsCommand;
import io.livemr.launcher.listing.JobsCommand;
import io.livemr.launcher.listing.VmsCommand;
import io.livemr.launcher.stack.UpCommand;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine;

/** The verbs of {@code ./livemr}. */
@Command(name = "livemr", mixinStandardHelpOptions = true, version = "livemr 0.1.0", footer = ExitCode.HELP,
    description = "Run Hadoop MapReduce on files inside the disks of running virtual machines, without copying them.",
    subcommands = {DemoCommand.class, UpCommand.class, SubmitCommand.class, JobsCommand.class, JobCommand.class, LogsCommand.class,
        KillCommand.class, RerunCommand.class, FilesCommand.class, GrantsCommand.class, VmsCommand.class, HostsCommand.class,
        ComposeCommand.class, HdfsCommand.class, LabCommand.class, BenchCommand.class, DoctorCommand.class, AutoComplete.GenerateCompletion.class,
        CommandLine.HelpCommand.class})
public final class Main {
    private Main() {
    }

    public static void main(final String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Also for those who have a JVM already. */
    public static CommandLine commandLine() {
        final CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler(new Failures()).setCaseInsensitiveEnumValuesAllowed(true);
        // Hadoop's own options follow these two verbs; they are not ours to read.
        for (final String verb : new String[] {"hdfs", "bench"}) {
            line.getSubcommands().get(verb).setStopAtPositional(true).setUnmatchedOptionsArePositionalParams(true);
        }
        return line;
    }
}
