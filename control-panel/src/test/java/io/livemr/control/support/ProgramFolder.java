package io.livemr.control.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where programs run whose answers a test needs: their settings, and what they print in {@code output.log}. None outlives the JVM. */
record ProgramFolder(Path path, Map<String, String> environment) {

    static ProgramFolder of(final Path path, final String... environment) throws IOException {
        Files.createDirectories(path);
        return new ProgramFolder(path, environment.length == 0 ? Map.of() : Map.of(environment[0], environment[1]));
    }

    Path write(final String name, final String... lines) throws IOException {
        return Files.writeString(path.resolve(name), String.join("\n", lines) + "\n");
    }

    Process start(final String... command) throws IOException {
        return started(builder(command).redirectOutput(output()));
    }

    /** One that is spoken with. */
    Process talkTo(final String... command) throws IOException {
        return started(builder(command));
    }

    private static Process started(final ProcessBuilder builder) throws IOException {
        final Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process;
    }

    void run(final String... command) throws IOException {
        requireSuccess(start(command));
    }

    void requireSuccess(final Process process) throws IOException {
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(process.info() + ": " + Files.readString(path.resolve("output.log")));
        }
    }

    private ProcessBuilder builder(final String... command) {
        final ProcessBuilder builder = new ProcessBuilder(command).directory(path.toFile()).redirectError(output());
        builder.environment().putAll(environment);
        return builder;
    }

    private ProcessBuilder.Redirect output() {
        return ProcessBuilder.Redirect.appendTo(path.resolve("output.log").toFile());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
