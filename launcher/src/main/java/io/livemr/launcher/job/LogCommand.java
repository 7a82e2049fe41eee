package io.livemr.launcher.job;

import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.StateOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code livemr log ID}. */
@Command(name = "log", mixinStandardHelpOptions = true, footer = ExitCode.HELP, description = "Show what a job's driver printed.")
public final class LogCommand implements Callable<Integer> {
    @Mixin
    private StateOption state;
    @Mixin
    private OutputOption output;
    @Parameters(paramLabel = "ID", description = "As `livemr jobs` shows it.")
    private String id;

    @Override
    public Integer call() {
        final String log = state.running().panel().log(id);
        output.print(Map.of("id", id, "log", log), log);
        return ExitCode.DONE;
    }
}
