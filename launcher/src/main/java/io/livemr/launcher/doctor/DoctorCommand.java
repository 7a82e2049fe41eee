package io.livemr.launcher.doctor;

import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.PanelOption;
import io.livemr.launcher.stack.Installation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code livemr doctor}. */
@Command(name = "doctor", mixinStandardHelpOptions = true, footer = "Exit: 0 all that is needed is there, 3 something is missing.",
    description = "Say what this machine can do, or with --panel how that panel is.")
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private PanelOption panel;
    @Mixin
    private OutputOption output;

    @Override
    public Integer call() {
        final List<Finding> findings = panel.isNamed() ? new PanelExamination(panel.client()).findings()
            : new Examination(Installation.find().home()).findings();
        final boolean ready = findings.stream().noneMatch(Finding::isFatal);
        output.print(Map.of("ready", ready, "findings", findings),
            findings.stream().map(Finding::line).collect(Collectors.joining("\n")));
        return ready ? ExitCode.DONE : ExitCode.LACKING;
    }
}
