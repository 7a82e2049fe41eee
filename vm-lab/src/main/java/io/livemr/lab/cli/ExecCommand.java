package io.livemr.lab.cli;

import io.livemr.lab.Lab;
import io.livemr.lab.ssh.GuestCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lab exec VM -- CMD}: this process's stdin, stdout, stderr and exit code are the command's. */
@Command(name = "exec", description = "Run a command in a VM and exit with its code.", mixinStandardHelpOptions = true)
final class ExecCommand implements Callable<Integer> {
    @Mixin
    private StateOption state;

    @Option(names = {"-u", "--user"}, paramLabel = "USER", defaultValue = "root", description = "root (default), alice or bob.")
    private String user;

    @Option(names = "--limit-seconds", paramLabel = "S", defaultValue = "86400", description = "Time for the command; default a day.")
    private int limitSeconds;

    @Parameters(index = "0", paramLabel = "VM")
    private String vm;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD",
            description = "One word is a line for the guest's shell; several are a program and its arguments.")
    private List<String> command;

    @Override
    public Integer call() {
        final Lab lab = Lab.open(state.folder());
        try {
            return lab.vm(vm).ssh().runInherited(
                    GuestCommand.of(command.toArray(String[]::new)).as(user).limit(Duration.ofSeconds(limitSeconds)));
        } finally {
            lab.leave();
        }
    }
}
