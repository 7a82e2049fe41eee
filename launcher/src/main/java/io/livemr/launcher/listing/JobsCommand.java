package io.livemr.launcher.listing;

import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.Table;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code livemr jobs}. */
@Command(name = "jobs", mixinStandardHelpOptions = true, footer = ExitCode.HELP, description = "List jobs, newest first.")
public final class JobsCommand extends ListVerb {
    /** As docs/protocol.md section 10 has them. */
    private enum State { SUBMITTED, AWAITING_CONSENT, COMPOSING, RUNNING, SUCCEEDED, FAILED, KILLED }

    @Option(names = "--in", paramLabel = "STATE", split = ",", description = "Only jobs in these states: ${COMPLETION-CANDIDATES}; repeatable.")
    private List<State> states = List.of();

    @Override
    String path() {
        return "/api/v1/jobs?" + states.stream().map(state -> "state=" + state + "&").collect(Collectors.joining());
    }

    @Override
    Table table() {
        return new Table().column("ID", "id").column("STATE", "state").column("NAME", "name").column("CREATED", "createdAt").column("REASON", "reason");
    }
}
