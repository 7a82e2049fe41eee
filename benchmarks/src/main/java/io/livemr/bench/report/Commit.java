package io.livemr.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commit of a checkout, by {@code git}; {@code +} stands for changes that are in no commit. */
final class Commit {

    private static final int SHORT = 12;

    private Commit() {
    }

    static String of(final Path home) throws IOException {
        final String head = git(home, "rev-parse", "HEAD");
        if (head.length() < SHORT) {
            return "unknown";
        }
        return head.substring(0, SHORT) + (git(home, "status", "--porcelain", "--untracked-files=no").isEmpty() ? "" : "+");
    }

    private static String git(final Path home, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
