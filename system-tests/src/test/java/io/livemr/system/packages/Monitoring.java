package io.livemr.system.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that the shipped alerts and the dashboard ask for. */
final class Monitoring {
    private static final Pattern METRIC = Pattern.compile("\\b(livemr_|http_|hikaricp_|jvm_)[a-z_]+");
    private static final Pattern EXPRESSION = Pattern.compile("\"?expr\"?: (.*)");

    private Monitoring() {
    }

    static Set<String> metrics(final Path folder) throws IOException {
        final Set<String> names = new TreeSet<>();
        for (final String file : List.of("livemr-alerts.yaml", "livemr-dashboard.json")) {
            final Matcher expression = EXPRESSION.matcher(Files.readString(folder.resolve(file)));
            while (expression.find()) {
                METRIC.matcher(expression.group(1)).results().forEach(metric -> names.add(metric.group()));
            }
        }
        return names;
    }
}
