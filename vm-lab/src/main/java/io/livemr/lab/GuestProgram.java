package io.livemr.lab;

import io.livemr.lab.ssh.GuestCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A Java program of one class that needs nothing but the JDK, copied into a guest and run there, as root, by the agent's Java. */
public final class GuestProgram {
    private static final String FOLDER = "/tmp/programs";
    private static final List<String> JAVA = List.of(
            "/opt/livemr/jre/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-cp", FOLDER);

    private final LabVm vm;
    private final Class<?> program;

    private GuestProgram(final LabVm vm, final Class<?> program) {
        this.vm = vm;
        this.program = program;
    }

    /** Copies the class; lambdas and anonymous classes in it are fine if they compile to no class file of their own. */
    public static GuestProgram install(final LabVm vm, final Class<?> program) {
        final String file = program.getName().replace('.', '/') + ".class";
        try (InputStream bytes = program.getResourceAsStream("/" + file)) {
            vm.run(GuestCommand.of("mkdir -p $(dirname " + FOLDER + "/" + file + ") && cat > " + FOLDER + "/" + file).stdin(bytes)).orThrow();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GuestProgram(vm, program);
    }

    /** @return what it printed. */
    public String run(final Duration limit, final String... arguments) {
        final String[] command = Stream.of(JAVA.stream(), Stream.of(program.getName()), Arrays.stream(arguments))
                .flatMap(words -> words).toArray(String[]::new);
        return vm.run(GuestCommand.of(command).limit(limit)).orThrow();
    }
}
