package io.livemr.launcher.hdfs;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.lab.Lab;
import io.livemr.lab.LabException;
import io.livemr.lab.LabVm;
import io.livemr.launcher.client.ComposerClient;
import io.livemr.launcher.client.ComposerClient.Source;
import io.livemr.launcher.process.Poll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Says yes as the owner of a file, in the lab's own VMs and nowhere else: it needs the lab's key to get in. */
final class LabOwners {
    private static final Duration ASKED_LIMIT = Duration.ofSeconds(120);
    private static final Duration STEP = Duration.ofMillis(50);

    private final Path labState;
    private final ComposerClient composer;

    LabOwners(final Path labState, final ComposerClient composer) {
        this.labState = labState;
        this.composer = composer;
    }

    /** Asks for the files as {@code requester}, and answers each question that reaches an owner. */
    void sayYes(final String requester, final List<Source> sources) {
        final String file = composer.compose(requester, sources).path("name").asText();
        final Lab lab = Lab.open(labState);
        try {
            for (int i = 0; i < sources.size(); i++) {
                if (awaitAsked(file, i)) {
                    grant(vm(lab, sources.get(i).vm()), sources.get(i).path(), requester);
                }
            }
        } finally {
            lab.leave();
        }
    }

    /** False if nobody needs to be asked any more, whatever the answer was. */
    private boolean awaitAsked(final String file, final int source) {
        final String[] state = {""};
        Poll.until(ASKED_LIMIT, STEP, () -> {
            final JsonNode found = composer.file(file);
            state[0] = found.path("sources").path(source).path("state").asText();
            return !found.path("sources").path(source).path("owner").isNull() || !state[0].equals("AWAITING_CONSENT");
        });
        return state[0].equals("AWAITING_CONSENT");
    }

    private static LabVm vm(final Lab lab, final String domain) {
        return lab.vms().stream().filter(vm -> vm.domain().equals(domain)).findFirst()
            .orElseThrow(() -> new LabException("--yes answers in the lab's VMs only, and " + domain + " is none of "
                + lab.vms().stream().map(LabVm::domain).toList()));
    }

    private static void grant(final LabVm vm, final String path, final String requester) {
        final String owner = vm.exec("stat", "-c", "%U", path).orThrow();
        vm.execAs(owner, "livemr-grant", path, "--yes", "--requester", requester).orThrow();
    }
}
