package io.livemr.control.composer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.settings.PanelSettings;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/** A client for each composer of the settings. */
@Component
public class Composers {

    private final List<ComposerClient> clients;
    /** Never queues; as many threads as requests are answered, for each composer. */
    private final ExecutorService asking = Executors.newCachedThreadPool(task -> {
        final Thread thread = new Thread(task, "composers");
        thread.setDaemon(true);
        return thread;
    });

    public Composers(final PanelSettings settings, final ObjectMapper json) {
        clients = settings.composers().stream().map(composer -> new ComposerClient(composer, json)).toList();
    }

    public List<ComposerClient> all() {
        return clients;
    }

    /** The one at this address, which a job keeps over restarts of the panel. */
    public ComposerClient at(final String url) throws ComposerUnreachableException {
        return clients.stream().filter(client -> client.url().equals(url)).findFirst()
            .orElseThrow(() -> new ComposerUnreachableException(
                "composer=" + url + " is no longer in the settings; add it under livemr.composers", null));
    }

    /** What is asked of each. */
    @FunctionalInterface
    interface Question<T> {
        T ask(ComposerClient composer) throws ComposerException, ComposerUnreachableException;
    }

    /**
     * What one of them said.
     *
     * @param refusal  set when it answered no.
     * @param silence  set when it did not answer.
     */
    record Answer<T>(ComposerClient composer, T value, ComposerException refusal, ComposerUnreachableException silence) {

        T orThrow() throws ComposerException, ComposerUnreachableException {
            if (refusal != null) {
                throw refusal;
            }
            if (silence != null) {
                throw silence;
            }
            return value;
        }
    }

    /** Asks all at once, so that those that give no answer cost the time of one. Answers are in the order of the settings. */
    <T> List<Answer<T>> ask(final Question<T> question) {
        final List<CompletableFuture<Answer<T>>> asked = clients.stream()
            .map(composer -> CompletableFuture.supplyAsync(() -> answer(composer, question), asking)).toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private static <T> Answer<T> answer(final ComposerClient composer, final Question<T> question) {
        try {
            return new Answer<>(composer, question.ask(composer), null, null);
        } catch (final ComposerException e) {
            return new Answer<>(composer, null, e, null);
        } catch (final ComposerUnreachableException e) {
            return new Answer<>(composer, null, null, e);
        }
    }

    @PreDestroy
    void stop() {
        asking.shutdownNow();
    }
}
