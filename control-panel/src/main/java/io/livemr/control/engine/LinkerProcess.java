package io.livemr.control.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process of block-link's {@code Linker}: takes requests until it ends. Safe for many threads. */
final class LinkerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(LinkerProcess.class);

    private record Line(long id, List<String> remove, List<LinkRequest.Order> make) { }

    private final Process process;
    private final ObjectMapper json;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<LinkAnswer>> asked = new ConcurrentHashMap<>();

    LinkerProcess(final Process process, final ObjectMapper json) {
        this.process = process;
        this.json = json;
        background("linker answers", this::readAnswers);
        background("linker log", this::readLog);
    }

    private static void background(final String name, final Runnable task) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns at once, also where the process does not read. The answer fails if it ends before it has given one. */
    CompletableFuture<LinkAnswer> ask(final LinkRequest request) {
        final long id = ids.incrementAndGet();
        final CompletableFuture<LinkAnswer> answer = new CompletableFuture<>();
        asked.put(id, answer);
        answer.whenComplete((told, failure) -> asked.remove(id));
        background("linker request " + id, () -> write(new Line(id, request.remove(), request.make()), answer));
        if (!isAlive()) {
            failAll();
        }
        return answer;
    }

    private void write(final Line line, final CompletableFuture<LinkAnswer> answer) {
        final OutputStream input = process.getOutputStream();
        try {
            final byte[] bytes = json.writeValueAsBytes(line);
            synchronized (input) {
                input.write(bytes);
                input.write('\n');
                input.flush();
            }
        } catch (final IOException e) {
            answer.completeExceptionally(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int inFlight() {
        return asked.size();
    }

    void kill() {
        process.destroyForcibly();
    }

    private void readAnswers() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final LinkAnswer answer = json.readValue(line, LinkAnswer.class);
                final CompletableFuture<LinkAnswer> waiting = asked.get(answer.id());
                if (waiting != null) {
                    waiting.complete(answer);
                }
            }
        } catch (final IOException e) {
            LOG.warn("the linker says what is no answer, and is ended: {}", e.getMessage());
        }
        kill();
        process.onExit().thenRun(this::failAll);
    }

    private void failAll() {
        final IOException gone = new IOException("the linker ended with exit code " + process.onExit().join().exitValue());
        asked.values().forEach(answer -> answer.completeExceptionally(gone));
    }

    private void readLog() {
        try (BufferedReader lines = process.errorReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.info("linker: {}", line);
            }
        } catch (final IOException e) {
            LOG.debug("the linker's log ends: {}", e.getMessage());
        }
    }
}
