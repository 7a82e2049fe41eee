package io.livemr.composer.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.extent.path.PathPattern;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuestListingsTest {

    private static final long PATIENCE_MILLIS = 20;

    private final GuestListings listings = new GuestListings(PATIENCE_MILLIS);
    private final CountDownLatch asking = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);

    private GuestListing ask(final boolean slowly) throws Exception {
        return listings.ask(PathPattern.parse("/data/*"), "bob", question -> {
            asking.countDown();
            answer(question, slowly);
        });
    }

    /** On the asking thread, so that its turn lasts as long as a test wants, and the answer is there when it begins to wait. */
    private void answer(final ObjectNode question, final boolean slowly) {
        try {
            assertThat(!slowly || answered.await(1, TimeUnit.MINUTES)).isTrue();
            final ObjectNode listed = AgentMessages.message("listed").put("id", question.path("id").asText()).put("truncated", false);
            listed.putArray("files");
            listings.listed(listed);
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldAskOneQuestionAtATimeAndTellTheNextThatItIsBusy() throws Exception {
        final CompletableFuture<GuestListing> first = CompletableFuture.supplyAsync(() -> {
            try {
                return ask(true);
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(asking.await(1, TimeUnit.MINUTES)).isTrue();

        assertThatThrownBy(() -> ask(false)).isInstanceOfSatisfying(ListingException.class, refused -> assertThat(refused.reason()).isEqualTo("busy"));

        answered.countDown();
        assertThat(first.get(1, TimeUnit.MINUTES).files()).isEmpty();
        assertThat(ask(false).truncated()).isFalse();
    }
}
