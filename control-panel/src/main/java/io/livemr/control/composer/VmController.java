package io.livemr.control.composer;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The directory of virtual machines over REST. */
@RestController
@Tag(name = "vms", description = "The machines whose files jobs can read.")
public class VmController {

    private final VmDirectory directory;

    VmController(final VmDirectory directory) {
        this.directory = directory;
    }

    @Operation(summary = "List the virtual machines", description = "All that the composers know; one that gives no answer is left out.")
    @ApiResponse(responseCode = "200", description = "Each with the composer that reads its disks.", useReturnTypeSchema = true)
    @GetMapping("/api/v1/vms")
    List<VmView> list() {
        return directory.list().stream()
            .map(located -> new VmView(located.vm().name(), located.vm().uuid(), located.vm().state(), located.vm().agent(), located.vm().maps(),
                located.composer(), located.vm().disks()))
            .toList();
    }

    /** A machine and the composer that reads its disks. */
    record VmView(String name, String uuid, String state, String agent, String maps, String composer, List<Vm.Disk> disks) { }
}
