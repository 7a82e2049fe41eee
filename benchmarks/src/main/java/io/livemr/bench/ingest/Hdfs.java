package io.livemr.bench.ingest;

import io.livemr.launcher.stack.HdfsShell;
import io.livemr.launcher.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hadoop's shell, and what the DataNode writes to disk for it. */
final class Hdfs {

    private final Stack stack;

    Hdfs(final Stack stack) {
        this.stack = stack;
    }

    void put(final Path file, final String hdfsPath) throws IOException {
        final HdfsShell.Result result = stack.shell().run("-put", file.toString(), hdfsPath);
        if (result.exitCode() != 0) {
            throw new IOException("hdfs -put " + file + ": " + result.errors());
        }
    }


    /** Bytes that the DataNode has caused to be written since it started, as its kernel counts them. */
    long writtenBytes() throws IOException {
        final Path counters = Path.of("/proc/" + stack.process("datanode").pid() + "/io");
        return Files.readAllLines(counters).stream().filter(line -> line.startsWith("write_bytes: "))
            .mapToLong(line -> Long.parseLong(line.substring("write_bytes: ".length()))).findFirst().orElseThrow();
    }
}
