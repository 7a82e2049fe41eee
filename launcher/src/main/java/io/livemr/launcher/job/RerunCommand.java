package io.livemr.launcher.job;

import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.PanelOption;
import io.livemr.launcher.client.PanelClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code livemr rerun ID}. */
@Command(name = "rerun", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
    description = "Run an ended job once more, with the same jar, arguments and inputs, and wait for its end.")
public final class RerunCommand implements Callable<Integer> {
    @Mixin
    private PanelOption panel;
    @Mixin
    private OutputOption output;
    @Mixin
    private Waiting waiting;

    @Option(names = "--to", paramLabel = "PATH", description = "Where in HDFS it writes (default: as before, or a folder of its own).")
    private String to;

    @Parameters(paramLabel = "ID", description = "As `livemr jobs` shows it.")
    private String id;

    @Override
    public Integer call() {
        final PanelClient client = panel.client();
        return waiting.end(client, client.rerun(id, to), output);
    }
}
