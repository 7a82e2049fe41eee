package io.livemr.control.composer;

import io.livemr.control.composer.Composers.Answer;
import io.livemr.control.web.Page;
import io.livemr.control.web.Paging;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Makes one list of those of all composers: one behind the other, in the order of the settings. Only the part that is asked for is fetched.
 * What a composer that gives no answer has is missing, and the answer's header {@code X-Silent-Composers} says so.
 */
@Component
class JointLists {

    static final String SILENT = "X-Silent-Composers";
    static final String SILENT_HELP = "All that the composers have; what one that gives no answer has is missing, and the header `" + SILENT + "` names it.";

    private static final Logger LOG = LoggerFactory.getLogger(JointLists.class);

    private final Composers composers;

    JointLists(final Composers composers) {
        this.composers = composers;
    }

    /** Asks a composer for a part of its list. */
    @FunctionalInterface
    interface Lister<T> {
        Part<T> list(ComposerClient composer, long offset, long limit) throws ComposerException, ComposerUnreachableException;
    }

    <T, V> ResponseEntity<Page<V>> page(final Paging paging, final Lister<T> lister, final BiFunction<String, T, V> view) {
        final List<Answer<Part<T>>> lengths = composers.ask(composer -> lister.list(composer, 0, 0));
        final List<V> items = new ArrayList<>();
        final List<String> silent = new ArrayList<>();
        long before = 0;
        for (final Answer<Part<T>> length : lengths) {
            try {
                final long total = length.orThrow().total();
                final long from = Math.max(0, paging.offset() - before);
                final long count = Math.min(total - from, paging.size() - items.size());
                if (count > 0) {
                    lister.list(length.composer(), from, count).items().forEach(item -> items.add(view.apply(length.composer().url(), item)));
                }
                before += total;
            } catch (final ComposerException | ComposerUnreachableException e) {
                LOG.warn("composer={} does not list what it has: {}", length.composer().url(), e.getMessage());
                silent.add(length.composer().url());
            }
        }
        return answer(Page.of(items, paging, before), silent);
    }

    private static <V> ResponseEntity<Page<V>> answer(final Page<V> page, final List<String> silent) {
        final ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        return (silent.isEmpty() ? answer : answer.header(SILENT, silent.stream().collect(Collectors.joining(", ")))).body(page);
    }
}
