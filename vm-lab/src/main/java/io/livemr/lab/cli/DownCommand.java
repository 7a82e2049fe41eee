package io.livemr.lab.cli;

import io.livemr.lab.Lab;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lab down}: removes the lab. Where none is up that is said, and is no error: the result is what was wanted. */
@Command(name = "down", description = "Remove the lab: VMs, disks, sockets and daemons that it started.", mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StateOption state;

    @Override
    public Integer call() {
        if (!Lab.isUp(state.folder())) {
            spec.commandLine().getErr().println("no lab in " + state.folder());
            return 0;
        }
        Lab.open(state.folder()).down();
        return 0;
    }
}
