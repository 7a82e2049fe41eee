package io.livemr.hdfs.linker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Stands in for the real one: "HDFS" is ROOT/hdfs on the local disk, the file of a machine is ROOT/guest/VM/PATH, linking copies it, and makes the folder it goes to.
 * A file that contains {@code refuse me} is refused, at {@code kill me} this process dies; each step is noted in ROOT/calls; linking waits while ROOT/hold is there.
 */
public final class Linker {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Linker() { }

    public static void main(final String[] args) throws IOException {
        final ExecutorService threads = Executors.newCachedThreadPool();
        final BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            final JsonNode request = JSON.readTree(line);
            threads.execute(() -> answer(request));
        }
        Runtime.getRuntime().halt(0);
    }

    private static void answer(final JsonNode request) {
        final ObjectNode answer = JSON.createObjectNode().put("id", request.path("id").asLong());
        try {
            carryOut(request);
        } catch (final Exception e) {
            answer.put("error", e.getMessage());
        }
        synchronized (System.out) {
            System.out.println(answer);
        }
    }

    private static void carryOut(final JsonNode request) throws Exception {
        for (final JsonNode path : request.path("remove")) {
            note("remove ", path.asText());
            delete(Path.of(path.asText()));
        }
        for (final JsonNode order : request.path("make")) {
            link(order.path("link"));
        }
    }

    private static void link(final JsonNode wanted) throws Exception {
        final Path target = Path.of(wanted.path("path").asText());
        note(wanted.path("follow").asBoolean() ? "link follow " : "link pinned ", target.toString());
        Files.createDirectories(target.getParent());
        waitWhileHeld(target);
        final Path guest = rootOf(target).resolve("guest/" + wanted.at("/sources/0/vm").asText() + wanted.at("/sources/0/path").asText());
        final String content = Files.readString(guest);
        if (content.contains("kill me")) {
            Runtime.getRuntime().halt(9);
        }
        if (content.contains("refuse me")) {
            throw new IOException("composer says reason=stale_epoch");
        }
        Files.copy(guest, target);
    }

    private static void waitWhileHeld(final Path target) throws Exception {
        if (Files.exists(rootOf(target).resolve("hold"))) {
            Files.writeString(target, "half of a file");
            while (Files.exists(rootOf(target).resolve("hold"))) {
                Thread.sleep(20);
            }
            Files.delete(target);
        }
    }

    private static void note(final String what, final String path) throws IOException {
        Files.writeString(rootOf(Path.of(path)).resolve("calls"), what + path + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Path rootOf(final Path target) {
        Path folder = target;
        while (!folder.getFileName().toString().equals("hdfs")) {
            folder = folder.getParent();
        }
        return folder.getParent();
    }

    private static void delete(final Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            all.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
        }
    }
}
