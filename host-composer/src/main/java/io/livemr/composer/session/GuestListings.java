package io.livemr.composer.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.extent.path.PathPattern;
import io.livemr.extent.wire.Reason;
import io.livemr.extent.wire.RejectedRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Asks one VM's agent for names: docs/protocol.md, section 1, {@code list}. One question at a time. The answer is the guest's word about its own
 * files; what is not a plain path that the pattern means, or more than was to be told, is no answer. Safe to share between threads.
 */
final class GuestListings {
    private static final String ID = "list/";
    private static final int FILE_LIMIT = 1_000;
    private static final long PATIENCE_MILLIS = 5_000;

    private final long patienceMillis;
    private final Semaphore turn = new Semaphore(1, true);
    private long asked;
    private Question open;

    GuestListings() {
        this(PATIENCE_MILLIS);
    }

    /** @param patienceMillis how long to wait for one's turn, and then for the answer. */
    GuestListings(final long patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    private record Question(String id, PathPattern pattern, CompletableFuture<GuestListing> answer) {
    }

    /** @param send false if there is no session. */
    GuestListing ask(final PathPattern pattern, final String requester, final Consumer<ObjectNode> send) throws ListingException, InterruptedException {
        if (!turn.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS)) {
            throw new ListingException("busy", "others ask this VM for listings; ask again in a moment");
        }
        try {
            final Question question = begin(pattern);
            send.accept(AgentMessages.message("list").put("id", question.id()).put("pattern", pattern.toString()).put("requester", requester));
            return await(question);
        } finally {
            end("agent_absent", "nobody waits any more");
            turn.release();
        }
    }

    private synchronized Question begin(final PathPattern pattern) {
        open = new Question(ID + ++asked, pattern, new CompletableFuture<>());
        return open;
    }

    private GuestListing await(final Question question) throws ListingException, InterruptedException {
        try {
            return question.answer().get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (final TimeoutException e) {
            throw new ListingException("agent_silent", "the agent does not answer; it may be of a version that has no listings");
        } catch (final ExecutionException e) {
            throw e.getCause() instanceof ListingException refusal ? refusal : new ListingException("agent_absent", e.getMessage());
        }
    }

    /** The agent's {@code listed}. An answer that nobody waits for is dropped. */
    void listed(final JsonNode message) throws RejectedRecordException {
        final Question question = of(AgentMessages.text(message, "id"));
        if (question != null) {
            try {
                question.answer().complete(read(message, question.pattern()));
            } catch (final RejectedRecordException e) {
                end("bad_answer", "the agent's listing is not as it must be: " + e.getMessage());
                throw e;
            }
        }
    }

    /** The agent's {@code denied}; false if it is not about a listing. */
    boolean denied(final JsonNode message) throws RejectedRecordException {
        final String id = AgentMessages.text(message, "id");
        final Question question = of(id);
        if (question != null) {
            question.answer().completeExceptionally(
                    new ListingException(AgentMessages.reason(message), AgentMessages.optionalText(message, "message")));
        }
        return id.startsWith(ID);
    }

    /** The conversation is over. */
    void sessionOver() {
        end("agent_absent", "the agent went away");
    }

    private synchronized void end(final String reason, final String message) {
        if (open != null) {
            open.answer().completeExceptionally(new ListingException(reason, message));
            open = null;
        }
    }

    private synchronized Question of(final String id) {
        return open != null && open.id().equals(id) ? open : null;
    }

    private static GuestListing read(final JsonNode message, final PathPattern pattern) throws RejectedRecordException {
        final JsonNode list = message.path("files");
        if (!list.isArray() || list.size() > FILE_LIMIT || !message.path("truncated").isBoolean()) {
            throw new RejectedRecordException(Reason.MALFORMED, "listed wants files, at most " + FILE_LIMIT + ", and truncated");
        }
        final List<GuestListing.File> files = new ArrayList<>();
        for (final JsonNode file : list) {
            final String path = AgentMessages.text(file, "path");
            if (!PathPattern.isPlainPath(path) || !pattern.matches(path)) {
                throw new RejectedRecordException(Reason.MALFORMED, "a listed path is none that the pattern means");
            }
            files.add(new GuestListing.File(path, AgentMessages.number(file, "lengthBytes")));
        }
        return new GuestListing(files, message.path("truncated").booleanValue());
    }
}
