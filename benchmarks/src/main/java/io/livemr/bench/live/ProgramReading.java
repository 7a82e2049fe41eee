package io.livemr.bench.live;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.ProgramException;
import io.livemr.bench.host.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A read by a program that writes the file to its standard output. Killed when its time is over; the end of its output says so then. */
final class ProgramReading implements LiveReader.Reading {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int KILLED = 128;

    private final Process process;
    private final String program;
    private final Path errors;

    private ProgramReading(final Process process, final String program, final Path errors) {
        this.process = process;
        this.program = program;
        this.errors = errors;
    }

    static ProgramReading start(final Bed bed, final Map<String, String> environment, final List<String> command) throws IOException {
        final Path errors = Files.createTempFile(bed.folder(), "reading", ".err");
        final Process process = bed.programs().startPiped(errors, environment, command);
        CompletableFuture.delayedExecutor(LIMIT.toMillis(), TimeUnit.MILLISECONDS).execute(() -> kill(process));
        return new ProgramReading(process, command.get(0), errors);
    }

    private static void kill(final Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public InputStream stream() {
        return process.getInputStream();
    }

    @Override
    public void close() throws IOException, InterruptedException, ProgramException {
        final boolean ended = process.waitFor(20, TimeUnit.SECONDS);
        Programs.end(process);
        if (!ended || process.exitValue() != 0) {
            final String how = ended && process.exitValue() < KILLED ? " ended with " + process.exitValue() : " did not end within its time";
            throw new ProgramException(program + how + ": " + Programs.lastWords(errors));
        }
    }
}
