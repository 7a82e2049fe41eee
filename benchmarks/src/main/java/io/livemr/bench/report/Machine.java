package io.livemr.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Where figures were measured. {@code load} is the one-minute average when the benchmark began: above 0 others were at work. */
public record Machine(String processor, int processors, long memoryMebibytes, String kernel, String java, double load) {

    public static Machine thisOne() throws IOException {
        return new Machine(
            field(Path.of("/proc/cpuinfo"), "model name"),
            Runtime.getRuntime().availableProcessors(),
            Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "")) / 1024,
            System.getProperty("os.name") + " " + System.getProperty("os.version"),
            System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
            Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]));
    }

    /** For one cell of a table. */
    String brief() {
        return String.format(Locale.ROOT, "%s ×%d, %d GiB, %s, load %.1f", processor, processors, Math.round(memoryMebibytes / 1024.0), kernel, load);
    }

    private static String field(final Path file, final String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name)).findFirst().map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("0");
        }
    }
}
