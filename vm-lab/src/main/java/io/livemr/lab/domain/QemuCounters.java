package io.livemr.lab.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.livemr.lab.LabException;
import io.livemr.lab.LabVm;
import io.livemr.lab.host.HostCommand;
import java.util.Map;
import java.util.TreeMap;

/** What a patched QEMU counts (qemu-patches/README.md), asked by QMP. */
public final class QemuCounters {
    private static final String OBJECT = "/objects/livemr0";
    private static final JsonMapper JSON = new JsonMapper();

    private QemuCounters() {
    }

    /** All counters of a VM by name. @throws LabException if its QEMU has none. */
    public static Map<String, Long> of(final LabVm vm) {
        final Map<String, Long> counters = new TreeMap<>();
        for (final JsonNode property : ask(vm, "qom-list", Map.of("path", OBJECT))) {
            final String name = property.path("name").asText();
            if (property.path("type").asText().startsWith("uint")) {
                counters.put(name, ask(vm, "qom-get", Map.of("path", OBJECT, "property", name)).asLong());
            }
        }
        return counters;
    }

    private static JsonNode ask(final LabVm vm, final String command, final Map<String, String> arguments) {
        try {
            final String question = JSON.writeValueAsString(Map.of("execute", command, "arguments", arguments));
            return JSON.readTree(HostCommand.of("virsh", "--connect", Domains.URI, "qemu-monitor-command", vm.domain(), question).run())
                    .path("return");
        } catch (final JsonProcessingException e) {
            throw new LabException(vm.domain() + " answers " + command + " with no JSON", e);
        }
    }
}
