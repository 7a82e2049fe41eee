package io.livemr.bench.hdfs;

import io.livemr.bench.host.Bed;
import io.livemr.launcher.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code yarn jar} starts for a job of the examples: the driver that the panel would start, by hand. */
public final class YarnJar {

    /** The panel's default for drivers. */
    private static final int HEAP_MEBIBYTES = 512;

    private final Bed bed;
    private final Stack stack;

    public YarnJar(final Bed bed, final Stack stack) {
        this.bed = bed;
        this.stack = stack;
    }

    /**
     * Its command line.
     *
     * @param work  folder of its own.
     * @param words main class and arguments.
     */
    public List<String> command(final Path work, final List<String> words) throws IOException {
        Files.createDirectories(work);
        final List<String> command = new ArrayList<>(List.of(bed.installation().java(), "-Xmx" + HEAP_MEBIBYTES + "m", "-Djava.io.tmpdir=" + work,
            "-Dhadoop.tmp.dir=" + work, "--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", bed.installation().hadoopClasspath(stack.hadoopConf()),
            "org.apache.hadoop.util.RunJar", bed.installation().jar("examples").toString()));
        command.addAll(words);
        return command;
    }
}
