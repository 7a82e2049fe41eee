package io.livemr.hdfs.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stands in for the real shell: "HDFS" is ROOT/hdfs on the local disk, the file of a machine is ROOT/guest/VM/PATH, linking copies it, and makes the folder it goes to.
 * A file that contains {@code refuse me} is refused; each call is noted in ROOT/calls; it waits while ROOT/hold is there.
 */
public final class ComposeShell {

    private static final Pattern ENTRY = Pattern.compile("\\{\"([^\"]+)\":\"([^\"]+)\"}");

    private ComposeShell() { }

    public static void main(final String[] args) throws Exception {
        final List<String> words = Arrays.asList(args).subList(firstCommand(args), args.length);
        final Path target = Path.of(words.get(words.size() - 1));
        final Path root = rootOf(target);
        Files.writeString(root.resolve("calls"), String.join(" ", args) + "\n", java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND);
        switch (words.get(0)) {
            case "-rm" -> words.stream().filter(word -> word.startsWith("/")).forEach(path -> delete(Path.of(path)));
            case "-composeFromLocal" -> compose(root, Path.of(words.get(words.size() - 2)), target);
            default -> throw new IllegalArgumentException(words.get(0));
        }
    }

    private static void compose(final Path root, final Path conf, final Path target) throws Exception {
        final Matcher entry = ENTRY.matcher(Files.readString(conf));
        if (!entry.find()) {
            throw new IllegalArgumentException("not a CONF: " + conf);
        }
        Files.createDirectories(target.getParent());
        final Path guest = root.resolve("guest/" + entry.group(1) + entry.group(2));
        if (Files.exists(root.resolve("hold"))) {
            Files.writeString(target, "half of a file");
            while (Files.exists(root.resolve("hold"))) {
                Thread.sleep(20);
            }
        }
        if (Files.readString(guest).contains("refuse me")) {
            System.err.println("composeFromLocal: composer says reason=stale_epoch");
            System.exit(1);
        }
        Files.copy(guest, target, StandardCopyOption.REPLACE_EXISTING);
        System.out.println("{\"path\": \"" + target + "\", \"lengthBytes\": " + Files.size(target) + "}");
    }

    private static int firstCommand(final String[] args) {
        int i = 0;
        while (args[i].equals("-D")) {
            i += 2;
        }
        return i;
    }

    private static Path rootOf(final Path target) {
        Path folder = target;
        while (!folder.getFileName().toString().equals("hdfs")) {
            folder = folder.getParent();
        }
        return folder.getParent();
    }

    private static void delete(final Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            all.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
