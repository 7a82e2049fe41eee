package io.livemr.system;

import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.GuestCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** {@code src/test/c/forge.c} in a guest: C, since a JVM there sends a hundredth as many commands. */
final class ForgingProgram {
    private static final Path SOURCE = Path.of("src", "test", "c", "forge.c").toAbsolutePath();
    private static final int RECORDS = 1024;
    private static final Duration LIMIT = Duration.ofHours(1);

    private final LabVm vm;

    private ForgingProgram(final LabVm vm) {
        this.vm = vm;
    }

    static ForgingProgram install(final LabVm vm, final Path folder) throws IOException, InterruptedException {
        final Path program = folder.resolve("forge");
        final Process compiler = new ProcessBuilder("gcc", "-O2", "-static", "-o", program.toString(), SOURCE.toString()).inheritIO().start();
        if (compiler.waitFor() != 0) {
            throw new IOException("gcc does not compile " + SOURCE + "; it needs the packages gcc and libc6-dev");
        }
        put(vm, "/tmp/forge", Files.newInputStream(program));
        return new ForgingProgram(vm);
    }

    /** Sends so many commands to the disk of {@code /data}; gives a line {@code ANSWER=COUNT} for each answer. */
    String run(final long seed, final int commands) {
        final String device = vm.exec("awk '$2 == \"/data\" {print $1}' /proc/mounts").orThrow().strip();
        put(vm, "/tmp/records", new ByteArrayInputStream(new ForgedRecords(seed).next(RECORDS)));
        return vm.run(GuestCommand.of("/tmp/forge", device, "/tmp/records", Long.toUnsignedString(seed), Integer.toString(commands)).limit(LIMIT)).orThrow();
    }

    private static void put(final LabVm vm, final String path, final InputStream bytes) {
        vm.run(GuestCommand.of("cat > " + path + " && chmod 755 " + path).stdin(bytes)).orThrow();
    }
}
