package io.livemr.lab.cli;

import io.livemr.lab.Lab;
import io.livemr.lab.LabMode;
import io.livemr.lab.LabSpec;
import io.livemr.lab.host.Accelerator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lab up}: builds the guest if need be, boots, and leaves the VMs running. */
@Command(name = "up", description = "Boot VMs and leave them running.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StateOption state;

    @Mixin
    private OutputOption output;

    @Option(names = {"-n", "--vms"}, paramLabel = "N", defaultValue = "1", description = "How many; default 1. With 0 only the image is built and libvirt kept running.")
    private int vms;

    @Option(names = "--name", paramLabel = "NAME", defaultValue = LabSpec.DEFAULT_NAME,
            description = "The lab's name; domains of a lab with another name than the default are NAME-vm1 and so on.")
    private String name;

    @Option(names = "--cache", paramLabel = "DIR", description = "Where guest images are kept; default ~/.cache/livemr.")
    private Path cache;

    @Option(names = "--agent", paramLabel = "DIR", description = "The agent's target folder; default the one of this checkout.")
    private Path agent;

    @Option(names = "--mode", paramLabel = "MODE", defaultValue = "stock",
            description = "stock, hypervisor (patched QEMU) or patched (and patched kernel); default stock.")
    private LabMode mode;

    @Option(names = "--accelerator", paramLabel = "WHICH", description = "kvm or tcg; default: what boots.")
    private Accelerator accelerator;

    @Option(names = "--memory-mib", paramLabel = "MIB", defaultValue = "512", description = "Memory of each VM; default 512.")
    private int memoryMib;

    @Option(names = "--vcpus", paramLabel = "N", defaultValue = "1", description = "Processors of each VM; default 1.")
    private int vcpus;

    @Option(names = "--boot-limit-seconds", paramLabel = "S", defaultValue = "300", description = "Time for a VM to boot; default 300.")
    private int bootLimitSeconds;

    @ArgGroup(exclusive = false, validate = false, heading = "Data disk:%n")
    private DiskOptions disk = new DiskOptions();

    @Override
    public Integer call() {
        final StepPrinter steps = new StepPrinter(spec.commandLine().getErr());
        final Lab lab;
        try {
            lab = Lab.up(labSpec(), steps);
        } finally {
            steps.end();
        }
        output.print(spec.commandLine().getOut(), LabView.of(lab));
        lab.leave();
        return 0;
    }

    private LabSpec labSpec() {
        final LabSpec lab = LabSpec.of(vms).mode(mode).name(name).state(state.folder()).memoryMiB(memoryMib).vcpus(vcpus)
                .bootLimit(Duration.ofSeconds(bootLimitSeconds)).dataDisk(disk.toDataDisk());
        if (cache != null) {
            lab.cache(cache);
        }
        if (agent != null) {
            lab.agent(agent);
        }
        if (accelerator != null) {
            lab.accelerator(accelerator);
        }
        return lab;
    }
}
