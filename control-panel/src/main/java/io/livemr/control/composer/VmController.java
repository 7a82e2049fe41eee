package io.livemr.control.composer;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The directory of virtual machines over REST. */
@RestController
public class VmController {

    private final VmDirectory directory;

    VmController(final VmDirectory directory) {
        this.directory = directory;
    }

    @GetMapping("/api/v1/vms")
    List<VmView> list() {
        return directory.list().stream()
            .map(located -> new VmView(located.vm().name(), located.vm().uuid(), located.vm().state(), located.vm().agent(), located.composer(),
                located.vm().disks()))
            .toList();
    }

    /** A machine and the composer that reads its disks. */
    record VmView(String name, String uuid, String state, String agent, String composer, List<Vm.Disk> disks) { }
}
