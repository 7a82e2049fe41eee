package io.livemr.launcher.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.client.PanelClient.JobText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** A job said in options. */
final class JobOptions {
    @Option(names = "--input", required = true, paramLabel = "VM:PATH", description = "A file of a VM, a pattern (with * or ?) or a folder"
        + " (with a slash at its end); repeatable.")
    private List<String> inputs;

    @Option(names = "--main", paramLabel = "CLASS", description = "Main class, if the jar's manifest names none.")
    private String mainClass;

    @Option(names = "--name", paramLabel = "NAME", description = "For the list of jobs (default: the jar's).")
    private String name;

    @Option(names = "--pinned", description = "The job sees no more of its inputs than was there when they were linked.")
    private boolean pinned;

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

    JobText text(final Path jar, final CommandSpec verb) {
        final ObjectNode job = JsonHttp.JSON.createObjectNode().put("name", name == null ? jar.getFileName().toString() : name);
        job.put("mainClass", mainClass).put("output", to).put("requester", requester).put("ttlSeconds", ttlSeconds);
        final ArrayNode list = job.putArray("inputs");
        inputs.forEach(word -> list.add(input(word, verb)));
        job.set("properties", JsonHttp.JSON.valueToTree(properties));
        if (!args.isEmpty()) {
            job.set("args", JsonHttp.JSON.valueToTree(args));
        }
        return new JobText("application/json", job.toString());
    }

    private ObjectNode input(final String word, final CommandSpec verb) {
        final int colon = word.indexOf(':');
        if (colon < 1 || colon == word.length() - 1) {
            throw new ParameterException(verb.commandLine(), "'" + word + "' is not VM:PATH");
        }
        final String path = word.substring(colon + 1);
        final ObjectNode input = JsonHttp.JSON.createObjectNode().put("vm", word.substring(0, colon));
        input.put("length", pinned ? "pinned" : "live");
        if (path.indexOf('*') >= 0 || path.indexOf('?') >= 0) {
            return input.put("glob", path);
        }
        return path.length() > 1 && path.endsWith("/") ? input.put("folder", path.substring(0, path.length() - 1)) : input.put("path", path);
    }
}
