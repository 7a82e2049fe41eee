package io.livemr.launcher.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.PanelOption;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.client.PanelClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code livemr submit}. */
@Command(name = "submit", mixinStandardHelpOptions = true, footer = ExitCode.HELP, sortOptions = false,
    description = "Submit a job to the control panel and wait for its end. The owners of its inputs are asked by mail in their VMs.")
public final class SubmitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Mixin
    private PanelOption panel;
    @Mixin
    private OutputOption output;
    @Mixin
    private Waiting waiting;

    @Option(names = "--jar", required = true, paramLabel = "FILE", description = "An ordinary MapReduce job jar.")
    private Path jar;

    @Option(names = "--main", paramLabel = "CLASS", description = "Main class, if the jar's manifest names none.")
    private String mainClass;

    @Option(names = "--name", paramLabel = "NAME", description = "For the list of jobs (default: the jar's).")
    private String name;

    @Option(names = "--input", required = true, paramLabel = "VM:PATH", description = "A file of a VM; repeatable.")
    private List<String> inputs;

    @Option(names = "--to", paramLabel = "PATH", description = "Where in HDFS the job writes (default: a folder of its own).")
    private String to;

    @Option(names = {"-D", "--property"}, paramLabel = "NAME=VALUE", description = "A Hadoop property of the job; repeatable.")
    private Map<String, String> properties = Map.of();

    @Option(names = "--requester", paramLabel = "NAME", description = "Who asks the owners (default: the panel's setting).")
    private String requester;

    @Option(names = "--ttl", paramLabel = "SECONDS", description = "How long the owners' yes is asked for (default: as they like).")
    private Long ttlSeconds;

    @Parameters(paramLabel = "ARG", description = "Arguments for the main class; {input} and {output} stand for the job's folders in HDFS"
        + " (default: just these two).")
    private List<String> args = List.of();

    @Override
    public Integer call() {
        if (!Files.isReadable(jar)) {
            throw new ParameterException(spec.commandLine(), "--jar=" + jar + " is not there or cannot be read by this user");
        }
        final PanelClient client = panel.client();
        return waiting.end(client, client.submit(job(), jar), output);
    }

    private ObjectNode job() {
        final ObjectNode job = JsonHttp.JSON.createObjectNode().put("name", name == null ? jar.getFileName().toString() : name);
        job.put("mainClass", mainClass).put("output", to).put("requester", requester).put("ttlSeconds", ttlSeconds);
        inputs.stream().map(this::input).forEach(job.putArray("inputs")::add);
        job.set("properties", JsonHttp.JSON.valueToTree(properties));
        if (!args.isEmpty()) {
            job.set("args", JsonHttp.JSON.valueToTree(args));
        }
        return job;
    }

    private ObjectNode input(final String word) {
        final int colon = word.indexOf(':');
        if (colon < 1 || colon == word.length() - 1) {
            throw new ParameterException(spec.commandLine(), "'" + word + "' is not VM:PATH");
        }
        return JsonHttp.JSON.createObjectNode().put("vm", word.substring(0, colon)).put("path", word.substring(colon + 1));
    }
}
