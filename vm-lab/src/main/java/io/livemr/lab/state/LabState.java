package io.livemr.lab.state;

import io.livemr.lab.host.Accelerator;
import java.util.List;

/** All of a lab, as written to {@code lab.json}. */
public record LabState(String name, String imageKey, Accelerator accelerator, List<VmState> vms) {
    public LabState {
        vms = List.copyOf(vms);
    }

    /** The same lab with one VM's record replaced by name. */
    public LabState with(final VmState changed) {
        return new LabState(name, imageKey, accelerator,
                vms.stream().map(vm -> vm.name().equals(changed.name()) ? changed : vm).toList());
    }
}
