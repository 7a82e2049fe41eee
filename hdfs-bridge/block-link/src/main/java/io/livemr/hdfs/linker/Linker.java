package io.livemr.hdfs.linker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;

/**
 * Makes and removes links for one other program, for as long as that lives: {@code Linker LOCK_FILE}. A JVM that has made a link before makes the
 * next in some milliseconds; a call of Hadoop's shell takes seconds.
 *
 * <p>Reads a {@link LinkerRequest} a line and answers each with a {@link LinkerAnswer}, in any order; the words are JSON. At the end of its input it ends at
 * once, in the midst of whatever it does: who asked is gone, and will ask another one again. That one does nothing before this one is gone (the lock).
 */
public final class Linker {

    private static final int THREADS = 8;

    private final LinkerWork work;
    private final PrintStream answers;
    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    Linker(LinkerWork work, PrintStream answers) {
        this.work = work;
        this.answers = answers;
    }

    public static void main(String[] arguments) {
        final PrintStream answers = System.out;
        System.setOut(System.err);   // what a library prints is no answer
        try (FileChannel lock = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            new Linker(new LinkerWork(new Configuration()), answers).read(System.in);
        } catch (IOException e) {
            System.err.println("the linker ends: " + e.getMessage());
        }
        Runtime.getRuntime().halt(0);
    }

    void read(InputStream requests) throws IOException {
        threads.execute(this::warm);
        final BufferedReader lines = new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            final LinkerRequest request = json.readValue(line, LinkerRequest.class);
            threads.execute(() -> answer(work.answer(request)));
        }
    }

    private void warm() {
        try {
            work.warm();
        } catch (IOException | RuntimeException e) {
            System.err.println("the NameNode gives no answer yet: " + e.getMessage());
        }
    }

    private void answer(LinkerAnswer answer) {
        try {
            final String line = json.writeValueAsString(answer);
            synchronized (answers) {
                answers.println(line);
                answers.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a number and a text are always JSON", e);
        }
    }
}
