package io.livemr.lab.state;

import io.livemr.lab.LabMode;
import io.livemr.lab.host.Accelerator;
import java.util.List;

/**
 * All of a lab, as written to {@code lab.json}.
 *
 * @param emulator the QEMU that runs the VMs; null: the one that libvirt takes
 */
public record LabState(String name, String imageKey, Accelerator accelerator, LabMode mode, String emulator, List<VmState> vms) {
    public LabState {
        mode = mode == null ? LabMode.STOCK : mode;   // a lab that was up before there were modes
        vms = List.copyOf(vms);
    }

    /** The same lab with one VM's record replaced by name. */
    public LabState with(final VmState changed) {
        return new LabState(name, imageKey, accelerator, mode, emulator,
                vms.stream().map(vm -> vm.name().equals(changed.name()) ? changed : vm).toList());
    }
}
