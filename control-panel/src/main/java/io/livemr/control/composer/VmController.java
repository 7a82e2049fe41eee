package io.livemr.control.composer;

import io.livemr.control.access.Caller;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.project.ProjectVms;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The directory of virtual machines over REST. */
@RestController
@Tag(name = "vms", description = "The machines whose files jobs can read.")
public class VmController {

    private final VmDirectory directory;
    private final ProjectVms vms;

    VmController(final VmDirectory directory, final ProjectVms vms) {
        this.vms = vms;
        this.directory = directory;
    }

    @Operation(summary = "List the virtual machines", description = "Those of the composers that the caller's project may name, all for an admin; a composer that gives no answer is left out.")
    @ApiResponse(responseCode = "200", description = "Each with the composer that reads its disks.", useReturnTypeSchema = true)
    @GetMapping("/api/v1/vms")
    List<VmView> list() throws OpenStackException {
        final Predicate<String> seen = vms.seenBy(Caller.current());
        return directory.list().stream()
            .filter(located -> seen.test(located.vm().name()))
            .map(located -> new VmView(located.vm().name(), located.vm().uuid(), located.vm().state(), located.vm().agent(), located.vm().maps(),
                located.composer(), located.vm().disks()))
            .toList();
    }

    /** A machine and the composer that reads its disks. */
    record VmView(String name, String uuid, String state, String agent, String maps, String composer, List<Vm.Disk> disks) { }
}
