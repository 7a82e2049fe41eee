package io.livemr.control.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;

/** Does what its arguments say, one after the other. */
public final class Scripted {

    private Scripted() { }

    public static void main(final String[] args) throws Exception {
        for (final String arg : args) {
            final String[] words = arg.split("=", 2);
            switch (words[0]) {
                case "print" -> System.out.println(words[1]);
                case "touch" -> Files.writeString(Path.of(words[1]), Long.toString(ProcessHandle.current().pid()));
                case "await" -> await(Path.of(words[1]));
                case "copy" -> copy(words[1].split(">"));
                case "flood" -> flood(Long.parseLong(words[1]));
                case "environment" -> System.getenv().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(System.out::println);
                case "litter" -> Files.createTempFile("litter", ".tmp");
                case "daemon" -> new ProcessBuilder("sleep", words[1]).inheritIO().start();
                case "exit" -> System.exit(Integer.parseInt(words[1]));
                default -> System.out.println(arg);
            }
        }
    }

    private static void await(final Path file) throws InterruptedException {
        while (!Files.exists(file)) {
            Thread.sleep(20);
        }
    }

    /** Appends all files of a folder to a file. */
    private static void copy(final String... fromAndTo) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(fromAndTo[0]))) {
            for (final Path file : files.sorted().toList()) {
                Files.write(Path.of(fromAndTo[1]), Files.readAllBytes(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
    }

    private static void flood(final long lengthBytes) {
        final byte[] line = ("x".repeat(1023) + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (long n = 0; n < lengthBytes; n += line.length) {
            System.out.write(line, 0, line.length);
        }
        System.out.flush();
    }
}
