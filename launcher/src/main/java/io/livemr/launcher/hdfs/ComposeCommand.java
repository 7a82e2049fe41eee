package io.livemr.launcher.hdfs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.lab.LabSpec;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.StateOption;
import io.livemr.launcher.client.ComposerClient.Source;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.stack.HdfsShell;
import io.livemr.launcher.stack.Installation;
import io.livemr.launcher.stack.StackDescription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code livemr compose VM:PATH… HDFS_PATH}. */
@Command(name = "compose", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
    description = "Make files of virtual machines, in the given order, one file of HDFS. Waits until their owners have answered.")
public final class ComposeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Mixin
    private StateOption state;
    @Mixin
    private OutputOption output;
    @Parameters(arity = "2..*", paramLabel = "VM:PATH… HDFS_PATH", description = "Sources in order, then the new file of HDFS.")
    private List<String> words;

    @Option(names = "--yes", description = "Answer as the owner. Works in the lab's VMs only.")
    private boolean yes;
    @Option(names = "--lab", paramLabel = "DIR", description = "State folder of the lab that --yes answers in (default: ${DEFAULT-VALUE}).")
    private Path lab = LabSpec.DEFAULT_STATE;

    @Override
    public Integer call() {
        final String destination = words.get(words.size() - 1);
        final ObjectNode sources = sources(words.subList(0, words.size() - 1));
        final StackDescription stack = state.running();
        if (yes) {
            new LabOwners(lab, stack.composer()).sayYes(System.getProperty("user.name"), asList(sources));
        }
        final HdfsShell.Composed made = new HdfsShell(Installation.find(), Path.of(stack.hadoopConf())).compose(sources, destination);
        output.print(made, String.format("%s: %,d bytes in %d blocks of %s, linked in %d ms, none copied",
            made.path(), made.lengthBytes(), made.blocks(), made.name(), made.composeMillis()));
        return ExitCode.DONE;
    }

    private static List<Source> asList(final ObjectNode sources) {
        final List<Source> list = new ArrayList<>();
        sources.properties().forEach(vm -> vm.getValue().forEach(path -> list.add(new Source(vm.getKey(), path.asText()))));
        return list;
    }

    /** {@code {"vm1": ["/a", "/b"], "vm2": ["/c"]}}; an object keeps the order only if each VM's files stand together. */
    private ObjectNode sources(final List<String> names) {
        final ObjectNode sources = JsonHttp.JSON.createObjectNode();
        String last = "";
        for (final String name : names) {
            final int colon = name.indexOf(':');
            if (colon < 1 || !name.startsWith("/", colon + 1)) {
                throw new ParameterException(spec.commandLine(), "'" + name + "' is not VM:/PATH");
            }
            final String vm = name.substring(0, colon);
            if (!vm.equals(last) && sources.has(vm)) {
                throw new ParameterException(spec.commandLine(), "files of " + vm + " must stand together");
            }
            final ArrayNode paths = sources.withArrayProperty(vm);
            paths.add(name.substring(colon + 1));
            last = vm;
        }
        return sources;
    }
}
