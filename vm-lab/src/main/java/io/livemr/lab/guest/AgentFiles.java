package io.livemr.lab.guest;

import io.livemr.lab.LabException;
import io.livemr.lab.host.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The agent's jars, as the build leaves them: one in {@code target}, what it needs in {@code target/lib}. Looked for next to this
 * module and in the working folder and those above it, unless a folder is named.
 */
public final class AgentFiles {
    private AgentFiles() { }

    /** @return the agent's target folder, if it has been built. */
    public static Optional<Path> find(final Optional<Path> named) {
        if (named.isPresent()) {
            return Optional.of(require(named.get()));
        }
        return Checkout.candidates("vm-agent/target").filter(folder -> !jars(folder).isEmpty()).findFirst();
    }

    /** The jars to put on the agent's class path: the program first, then its libraries. */
    static List<Path> jars(final Path folder) {
        final List<Path> program = list(folder).stream()
                .filter(jar -> !jar.toString().endsWith("-sources.jar") && !jar.toString().endsWith("-tests.jar")).toList();
        if (program.isEmpty() || !Files.isDirectory(folder.resolve("lib"))) {
            return List.of();
        }
        return Stream.concat(program.stream(), list(folder.resolve("lib")).stream()).toList();
    }

    private static Path require(final Path folder) {
        if (jars(folder).isEmpty()) {
            throw new LabException("no agent in " + folder + ": expected a jar and lib/; build it: mvn -pl vm-agent -am package");
        }
        return folder;
    }

    private static List<Path> list(final Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (final IOException e) {
            throw new LabException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
