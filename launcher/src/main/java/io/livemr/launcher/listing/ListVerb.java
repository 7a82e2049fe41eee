package io.livemr.launcher.listing;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.PanelOption;
import io.livemr.launcher.cli.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A verb that shows one of the panel's paged lists. */
abstract class ListVerb implements Callable<Integer> {
    @Mixin
    private PanelOption panel;
    @Mixin
    private OutputOption output;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "Entries at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    /** Ends with {@code ?} or {@code &}. */
    abstract String path();

    abstract Table table();

    @Override
    public Integer call() {
        final JsonNode list = panel.client().list(path(), limit);
        output.print(list, table().of(list.path("items")));
        final long left = list.path("total").asLong() - list.path("items").size();
        if (left > 0) {
            System.err.println("livemr: " + left + " more; --limit shows them");
        }
        return ExitCode.DONE;
    }
}
