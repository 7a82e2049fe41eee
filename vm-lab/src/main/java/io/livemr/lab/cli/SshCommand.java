package io.livemr.lab.cli;

import io.livemr.lab.Lab;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code lab ssh VM}: a root shell on this terminal. */
@Command(name = "ssh", description = "Open a root shell in a VM.", mixinStandardHelpOptions = true)
final class SshCommand implements Callable<Integer> {
    @Mixin
    private StateOption state;

    @Parameters(index = "0", paramLabel = "VM")
    private String vm;

    @Override
    public Integer call() {
        final Lab lab = Lab.open(state.folder());
        try {
            return lab.vm(vm).ssh().shell();
        } finally {
            lab.leave();
        }
    }
}
