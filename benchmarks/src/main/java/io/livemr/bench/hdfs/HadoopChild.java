package io.livemr.bench.hdfs;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Programs;
import io.livemr.launcher.stack.Stack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program of this package with Hadoop's libraries around it, and the lines it says. */
public final class HadoopChild implements AutoCloseable {

    private static final int HEAP_MEBIBYTES = 384;

    private final Process process;
    private final BufferedReader lines;
    private final PrintStream orders;
    private final Path errors;

    private HadoopChild(final Process process, final Path errors) {
        this.process = process;
        this.errors = errors;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    public static HadoopChild start(final Bed bed, final Stack stack, final Class<?> main, final String... args) throws IOException {
        return start(bed, stack, main.getName(), args);
    }

    /** @param main may also be a class of block-link. */
    public static HadoopChild start(final Bed bed, final Stack stack, final String main, final String... args) throws IOException {
        final String classpath = bed.installation().jar("benchmarks") + ":" + bed.installation().hadoopClasspath(stack.hadoopConf());
        final List<String> mainAndArgs = new ArrayList<>(List.of(main));
        mainAndArgs.addAll(List.of(args));
        final List<String> command = bed.installation().javaCommand(HEAP_MEBIBYTES, classpath, mainAndArgs.toArray(String[]::new));
        command.add(1, "--add-opens=java.base/java.lang=ALL-UNNAMED");
        final Path errors = bed.folder().resolve(main.substring(main.lastIndexOf('.') + 1) + ".err");
        return new HadoopChild(bed.programs().startPiped(errors, Map.of(), command), errors);
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Its next line. */
    public String line() throws IOException {
        final String line = lines.readLine();
        if (line == null) {
            throw new IOException("a program beside HDFS ended before its time: " + Programs.lastWords(errors));
        }
        return line;
    }

    /** Gives an order and waits for the answer's line. */
    public String ask(final String order) throws IOException {
        orders.println(order);
        return line();
    }

    @Override
    public void close() {
        try {
            Programs.end(process);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
