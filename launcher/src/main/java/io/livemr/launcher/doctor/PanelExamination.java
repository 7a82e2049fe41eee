package io.livemr.launcher.doctor;

import static io.livemr.launcher.doctor.Finding.need;
import static io.livemr.launcher.doctor.Finding.want;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.launcher.cli.Table;
import io.livemr.launcher.client.ApiException;
import io.livemr.launcher.client.PanelClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at a control panel from outside: whether it answers, is well, admits who asks, and reaches its hosts. */
final class PanelExamination {
    private static final int HOSTS = 1_000;

    private final PanelClient panel;

    PanelExamination(final PanelClient panel) {
        this.panel = panel;
    }

    List<Finding> findings() {
        final List<Finding> findings = new ArrayList<>();
        final Optional<String> trouble = panel.problem();
        findings.add(want("panel", trouble.isEmpty(), trouble.orElse(panel.url() + " is well")));
        findings.add(tried("admitted", () -> panel.jobs().path("total").asText() + " jobs"));
        if (!findings.get(1).isFatal()) {
            addHosts(findings);
        }
        return findings;
    }

    /** Admins alone are told of hosts. */
    private void addHosts(final List<Finding> findings) {
        try {
            panel.list("/api/v1/hosts?", HOSTS).path("items").forEach(host -> findings.add(host(host)));
        } catch (final ApiException e) {
            findings.add(want("hosts", false, e.getMessage()));
        }
    }

    private static Finding host(final JsonNode host) {
        final boolean answers = host.has("version");
        return need("host", answers, Table.plain(host.path("url").asText() + " " + (answers
            ? host.path("vms").asText() + " VMs, " + host.path("files").asText() + " files, version " + host.path("version").asText()
            : host.path("message").asText())));
    }

    private static Finding tried(final String name, final Supplier<String> trial) {
        try {
            return need(name, true, trial.get());
        } catch (final ApiException e) {
            return need(name, false, e.getMessage());
        }
    }
}
