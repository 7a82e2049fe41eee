package io.livemr.agent.consent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails the owner through {@code sendmail -i -t}, from a thread of its own. A mail that cannot be sent is logged, and tried again
 * when the composer asks again; the owner can see the request with {@code livemr-grant --list} and answer it meanwhile.
 *
 * <p>Requester and path hold no control characters (checked where they come in), so neither can add a header.
 */
public final class ConsentMail {

    private static final Logger LOG = LoggerFactory.getLogger(ConsentMail.class);
    private static final int WAITING_LIMIT = 64;
    private static final int SEND_SECONDS = 60;

    private final Path sendmail;
    private final ThreadPoolExecutor sender;

    public ConsentMail(final Path sendmail) {
        this.sendmail = sendmail;
        this.sender = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING_LIMIT), work -> {
            final Thread thread = new Thread(work, "mail");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param sent is called, on the mail's thread, when the mail has been handed over. */
    void send(final String owner, final OpenRequest request, final Runnable sent) {
        try {
            sender.execute(() -> {
                if (deliver(owner, text(owner, request, request.unsentToken()))) {
                    sent.run();
                }
            });
        } catch (final RejectedExecutionException full) {
            LOG.warn("mail not sent, limit={} waiting: owner={}", WAITING_LIMIT, owner);
        }
    }

    static String text(final String owner, final OpenRequest request, final String token) {
        final String file = quoted(request.path());
        return """
                To: %s
                Subject: LiveMR: %s asks to read %s
                Auto-Submitted: auto-generated
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                %s asks to read your file, live, from outside this machine:

                  %s

                The right would end at %s. While it lasts, the file
                may be pinned, so that it can only be appended to: livemr-grant
                will say. You can end it at any time.

                To allow it:

                  livemr-grant %s --yes --token %s

                To refuse:

                  livemr-grant %s --no --token %s

                To end it later:

                  livemr-grant %s --revoke
                """.formatted(owner, request.requester(), asciiOnly(request.path()), request.requester(), request.path(),
                Instant.ofEpochSecond(request.expiresAtSeconds()), file, token, file, token, file);
    }

    private boolean deliver(final String owner, final String text) {
        try {
            final Process process = new ProcessBuilder(sendmail.toString(), "-i", "-t")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var body = process.getOutputStream()) {
                body.write(text.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(SEND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                LOG.warn("mail not sent, sendmail hangs: owner={} sendmail={}", owner, sendmail);
            } else if (process.exitValue() != 0) {
                LOG.warn("mail not sent: owner={} exit={}", owner, process.exitValue());
            } else {
                return true;
            }
        } catch (final IOException e) {
            LOG.warn("mail not sent; the owner can use livemr-grant --list: owner={} because={}", owner, e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static String quoted(final String path) {
        return "'" + path.replace("'", "'\\''") + "'";
    }

    private static String asciiOnly(final String path) {
        return path.replaceAll("[^ -~]", "?");
    }
}
