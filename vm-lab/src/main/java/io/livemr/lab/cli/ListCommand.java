package io.livemr.lab.cli;

import io.livemr.lab.Lab;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lab list}: the VMs of one lab. */
@Command(name = "list", description = "Show the lab's VMs.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StateOption state;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() {
        final Lab lab = Lab.open(state.folder());
        try {
            output.print(spec.commandLine().getOut(), LabView.of(lab));
            return 0;
        } finally {
            lab.leave();
        }
    }
}
