package io.livemr.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.ProgramException;
import io.livemr.lab.LabVm;
import io.livemr.launcher.client.JsonHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Has QEMU itself serve the running VM's disk as NBD on a unix socket, read-only: what the guest has written, with nothing in between.
 * Ends with the VM.
 */
final class LiveExport {

    static final String NAME = "live";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Bed bed;
    private final LabVm vm;
    private Path socket;

    LiveExport(final Bed bed, final LabVm vm) {
        this.bed = bed;
        this.vm = vm;
    }

    /** The socket; the export begins with the first call. */
    synchronized Path socket() throws IOException, InterruptedException, ProgramException {
        if (socket == null) {
            final Path path = bed.folder().resolve("nbd");
            monitor("{\"execute\":\"nbd-server-start\",\"arguments\":{\"addr\":{\"type\":\"unix\",\"data\":{\"path\":\"" + path + "\"}}}}");
            monitor("{\"execute\":\"block-export-add\",\"arguments\":{\"type\":\"nbd\",\"id\":\"livemr-bench\",\"name\":\"" + NAME
                + "\",\"node-name\":\"" + node() + "\"}}");
            socket = path;
        }
        return socket;
    }

    private String node() throws IOException, InterruptedException, ProgramException {
        for (final JsonNode device : monitor("{\"execute\":\"query-block\"}")) {
            if (device.path("inserted").path("image").path("filename").asText().equals(vm.dataImage().toString())) {
                return device.path("inserted").path("node-name").asText();
            }
        }
        throw new IOException("QEMU knows no disk " + vm.dataImage());
    }

    private JsonNode monitor(final String command) throws IOException, InterruptedException, ProgramException {
        final JsonNode answer = JsonHttp.JSON.readTree(bed.programs().run(LIMIT, Map.of(),
            List.of("virsh", "--connect", "qemu:///system", "--quiet", "qemu-monitor-command", vm.domain(), command)));
        if (answer.has("error")) {
            throw new IOException("QEMU refused " + command + ": " + answer.get("error"));
        }
        return answer.path("return");
    }
}
