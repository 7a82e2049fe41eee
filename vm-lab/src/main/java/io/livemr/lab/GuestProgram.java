package io.livemr.lab;

import io.livemr.lab.ssh.GuestCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A Java program of one class, with the jars that it needs, copied into a guest and run there, as root, by the agent's Java. */
public final class GuestProgram {
    private static final String FOLDER = "/tmp/programs";
    private static final List<String> JAVA = List.of(
            "/opt/livemr/jre/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-cp", FOLDER + ":" + FOLDER + "/*");

    private final LabVm vm;
    private final Class<?> program;

    private GuestProgram(final LabVm vm, final Class<?> program) {
        this.vm = vm;
        this.program = program;
    }

    /** Copies the class; lambdas and anonymous classes in it are fine if they compile to no class file of their own. */
    public static GuestProgram install(final LabVm vm, final Class<?> program) {
        final String file = program.getName().replace('.', '/') + ".class";
        copy(vm, file, () -> program.getResourceAsStream("/" + file));
        return new GuestProgram(vm, program);
    }

    /** Copies jars that it needs. */
    public GuestProgram with(final List<Path> jars) {
        jars.forEach(jar -> copy(vm, jar.getFileName().toString(), () -> Files.newInputStream(jar)));
        return this;
    }

    private interface Source {
        InputStream open() throws IOException;
    }

    private static void copy(final LabVm vm, final String file, final Source source) {
        try (InputStream bytes = source.open()) {
            vm.run(GuestCommand.of("mkdir -p $(dirname " + FOLDER + "/" + file + ") && cat > " + FOLDER + "/" + file).stdin(bytes)).orThrow();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return what it printed. */
    public String run(final Duration limit, final String... arguments) {
        final String[] command = Stream.of(JAVA.stream(), Stream.of(program.getName()), Arrays.stream(arguments))
                .flatMap(words -> words).toArray(String[]::new);
        return vm.run(GuestCommand.of(command).limit(limit)).orThrow();
    }
}
