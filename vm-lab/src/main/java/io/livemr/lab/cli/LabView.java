package io.livemr.lab.cli;

import io.livemr.lab.Lab;
import io.livemr.lab.LabVm;
import java.util.List;
import java.util.Locale;

/** What {@code up} and {@code list} show of a lab. */
record LabView(String name, String state, String mode, String accelerator, List<Vm> vms) {

    record Vm(String name, String domain, String uuid, boolean running, int sshPort, String dataImage, String dataFormat, String console) { }

    static LabView of(final Lab lab) {
        return new LabView(lab.name(), lab.stateFolder().toString(), lab.mode().name().toLowerCase(Locale.ROOT),
                lab.accelerator().name(), lab.vms().stream().map(LabView::vm).toList());
    }

    private static Vm vm(final LabVm vm) {
        return new Vm(vm.name(), vm.domain(), vm.uuid(), vm.isRunning(), vm.sshPort(), vm.dataImage().toString(),
                vm.dataDisk().format().name().toLowerCase(Locale.ROOT), vm.console().toString());
    }

    String asText() {
        final StringBuilder text = new StringBuilder("lab " + name + " in " + state + ", mode " + mode + ", " + accelerator + "\n");
        for (final Vm vm : vms) {
            text.append(String.format("%-6s domain %-12s %-8s ssh port %d  data %s%n", vm.name(), vm.domain(),
                    vm.running() ? "running" : "off", vm.sshPort(), vm.dataImage()));
        }
        return text.toString();
    }
}
