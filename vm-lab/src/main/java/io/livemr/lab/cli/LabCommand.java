package io.livemr.lab.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The parent of the lab's commands; the launcher includes it, and it runs by itself too. */
@Command(name = "lab", description = "Real VMs on this machine: up, exec, ssh, list, down.", mixinStandardHelpOptions = true,
        subcommands = {UpCommand.class, ExecCommand.class, SshCommand.class, ListCommand.class, DownCommand.class})
public final class LabCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(final String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** For a program of its own: errors are one message, not a stack trace. */
    public static CommandLine commandLine() {
        return new CommandLine(new LabCommand()).setExecutionExceptionHandler(new ErrorPrinter()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say which: up, exec, ssh, list or down");
    }
}
