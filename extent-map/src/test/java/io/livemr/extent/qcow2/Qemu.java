package io.livemr.extent.qcow2;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** QEMU's own tools, which make the images of these tests and say what is in them. */
final class Qemu {

    private static final Pattern MAP_ENTRY = Pattern.compile("\"start\": (\\d+), \"length\": (\\d+), "
            + "\"depth\": (\\d+), \"present\": (?:true|false), \"zero\": (true|false), \"data\": (true|false)"
            + "(?:, \"compressed\": (?:true|false))?(?:, \"offset\": (\\d+))?");

    /** One line of {@code qemu-img map}; {@code offset} is -1 where it names none. */
    record MapEntry(long start, long length, int depth, boolean zero, boolean data, long offset) {

        private static MapEntry of(final MatchResult line) {
            return new MapEntry(Long.parseLong(line.group(1)), Long.parseLong(line.group(2)),
                    Integer.parseInt(line.group(3)), Boolean.parseBoolean(line.group(4)),
                    Boolean.parseBoolean(line.group(5)),
                    line.group(6) == null ? -1 : Long.parseLong(line.group(6)));
        }
    }

    private Qemu() {
    }

    static void assumePresent() {
        assumeTrue(Stream.of("qemu-img", "qemu-io").allMatch(Qemu::isOnPath),
                "skipped: qemu-img and qemu-io are not installed (Debian package qemu-utils)");
    }

    private static boolean isOnPath(final String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    static String img(final Object... arguments) throws Exception {
        return run(command("qemu-img", arguments), 0);
    }

    static void create(final Path image, final String options, final long sizeBytes) throws Exception {
        img("create", "-q", "-f", "qcow2", "-o", options, image, sizeBytes);
    }

    /**
     * For LUKS, qemu-img measures its key derivation by the CPU time of its thread, and gives up where the kernel's
     * accounting has not moved meanwhile (crypto/pbkdf.c, "Unable to get accurate CPU usage"). Another try gets another tick.
     */
    static void createEncrypted(final Path image, final String method, final long sizeBytes) throws Exception {
        for (int triesLeft = 20; ; triesLeft--) {
            try {
                img("create", "-q", "--object", "secret,id=s,data=x", "-f", "qcow2",
                        "-o", "encrypt.format=" + method + ",encrypt.key-secret=s", image, sizeBytes);
                return;
            } catch (final AssertionError e) {
                if (triesLeft == 0 || !e.getMessage().contains("accurate CPU usage")) {
                    throw e;
                }
            }
        }
    }

    static void createOverlay(final Path image, final Path backing, final String format, final long sizeBytes)
            throws Exception {
        img("create", "-q", "-f", "qcow2", "-b", backing, "-F", format, image, sizeBytes);
    }

    static void io(final Path image, final String format, final List<String> commands) throws Exception {
        final List<Object> arguments = new ArrayList<>(List.of("-f", format));
        commands.forEach(command -> arguments.addAll(List.of("-c", command)));
        arguments.add(image);
        run(command("qemu-io", arguments.toArray()), 0);
    }

    static List<MapEntry> map(final Path image) throws Exception {
        return MAP_ENTRY.matcher(img("map", "--output=json", "-f", "qcow2", image)).results()
                .map(MapEntry::of).toList();
    }

    /** What a guest would read, by QEMU. */
    static byte[] contentOf(final Path image) throws Exception {
        final Path raw = image.resolveSibling(image.getFileName() + ".expected");
        img("convert", "-f", "qcow2", "-O", "raw", image, raw);
        return Files.readAllBytes(raw);
    }

    private static List<String> command(final String program, final Object... arguments) {
        final List<String> command = new ArrayList<>(List.of(program));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        return command;
    }

    static String run(final List<String> command, final int expectedExit)
            throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != expectedExit) {
            process.destroyForcibly();
            throw new AssertionError(command + " failed: " + output);
        }
        return output;
    }
}
