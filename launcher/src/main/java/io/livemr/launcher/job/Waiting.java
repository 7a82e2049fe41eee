package io.livemr.launcher.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.Progress;
import io.livemr.launcher.cli.Table;
import io.livemr.launcher.client.PanelClient;
import picocli.CommandLine.Option;

/** Waits for a job that was just made, and says how it goes; a job goes on whether somebody waits or not. */
final class Waiting {
    private static final int STATES = 5;

    @Option(names = "--detach", description = "Do not wait for the job's end.")
    private boolean detach;
    @Option(names = "--wait", hidden = true, description = "What is done anyway.")
    private boolean wait;

    /** Gives the exit code. */
    int end(final PanelClient panel, final JsonNode job, final OutputOption output) {
        final String id = job.path("id").asText();
        if (!detach) {
            follow(panel, id);
        }
        final JsonNode now = panel.job(id);
        final String state = now.path("state").asText();
        final String message = now.path("message").asText("");
        output.print(now, id + " " + state + (message.isEmpty() ? "" : " " + Table.plain(message)));
        return detach || state.equals("SUCCEEDED") ? ExitCode.DONE : ExitCode.ENDED_BADLY;
    }

    private static void follow(final PanelClient panel, final String id) {
        try (Progress progress = Progress.of("job", STATES)) {
            progress.say("job " + id + " is submitted; Ctrl-C leaves it to itself, `livemr kill " + id + "` ends it");
            panel.events(id).follow((name, data) -> {
                if (name.equals("state")) {
                    progress.step(words(id, data));
                }
            });
        }
    }

    private static String words(final String id, final JsonNode data) {
        final String state = data.path("state").asText();
        return state.equals("AWAITING_CONSENT")
            ? state + ": the owners are asked by mail in their VMs (livemr-grant FILE --yes); `livemr job " + id + "` says whose answer is missing"
            : state;
    }
}
