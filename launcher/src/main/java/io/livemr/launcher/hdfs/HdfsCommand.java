package io.livemr.launcher.hdfs;

import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.StateOption;
import io.livemr.launcher.stack.HdfsShell;
import io.livemr.launcher.stack.Installation;
import io.livemr.launcher.stack.StackDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code livemr hdfs [--state DIR] ARGS}: all from the first word of Hadoop's on goes to {@code hadoop fs} as it is. */
@Command(name = "hdfs", footer = {ExitCode.HELP, "Other exit codes are those of Hadoop's shell."},
    description = "Hadoop's own shell (hadoop fs) on the running stack, with -composeFromLocal. Example: livemr hdfs -ls /")
public final class HdfsCommand implements Callable<Integer> {
    @Mixin
    private StateOption state;
    @Parameters(hidden = true)
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        return run(state.running(), arguments);
    }

    public static int run(final StackDescription stack, final List<String> arguments) throws Exception {
        return new HdfsShell(Installation.find(), Path.of(stack.hadoopConf())).runAttached(arguments);
    }
}
