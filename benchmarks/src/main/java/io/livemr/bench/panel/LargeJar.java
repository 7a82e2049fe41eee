package io.livemr.bench.panel;

import io.livemr.bench.host.Bed;
import io.livemr.bench.measure.Samples;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Series;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** An upload that is larger than the panel takes, over a plain socket: clients of HTTP send all of a body before they look for an answer. */
final class LargeJar {

    private static final int HEAP_MEBIBYTES = 64;
    private static final int CHUNK_BYTES = 1 << 20;

    private final long lengthBytes;

    LargeJar(final long lengthBytes) {
        this.lengthBytes = lengthBytes;
    }

    /** Sends it to a panel of little memory. */
    Figure refusal(final Bed bed) throws Exception {
        try (PanelProcess panel = PanelProcess.start(bed, bed.folder().resolve("small"), HEAP_MEBIBYTES)) {
            final long begin = System.nanoTime();
            final String answer = send(panel);
            final double seconds = (System.nanoTime() - begin) / 1e9;
            final boolean refused = answer.contains(" 413") && panel.isAlive() && panel.client().jobs().path("total").asInt(-1) == 0;
            return new Figure("panel: jar of " + lengthBytes + " bytes, heap of " + HEAP_MEBIBYTES + " MiB", "s",
                List.of(new Series("upload → refusal", Samples.of(seconds))), null,
                answer.strip() + " after " + Figure.number(seconds) + " s; " + panel.peakBytes() / 1_000_000 + " MB resident at most",
                "413, and the panel goes on", refused);
        }
    }

    /** The status line of the answer, empty where none comes. */
    private String send(final PanelProcess panel) throws IOException {
        try (Socket socket = new Socket(panel.url().getHost(), panel.url().getPort())) {
            final OutputStream out = socket.getOutputStream();
            final String part = "--b\r\nContent-Disposition: form-data; name=\"jar\"; filename=\"jar\"\r\nContent-Type: application/java-archive\r\n\r\n";
            final String end = "\r\n--b--\r\n";
            out.write(("POST /api/v1/jobs HTTP/1.1\r\nHost: panel\r\nAuthorization: " + panel.authorization()
                + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " + (part.length() + lengthBytes + end.length())
                + "\r\n\r\n" + part).getBytes(StandardCharsets.US_ASCII));
            final Thread sender = new Thread(() -> fill(out, end), "upload");
            sender.start();
            return Objects.requireNonNullElse(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine(), "");
        }
    }

    /** Ends when the panel takes no more. */
    private void fill(final OutputStream out, final String end) {
        final byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (long left = lengthBytes; left > 0; left -= chunk.length) {
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
            out.write(end.getBytes(StandardCharsets.US_ASCII));
        } catch (final IOException e) {
            return;     // it was refused; the answer says why
        }
    }
}
