package io.livemr.control.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.livemr.control.jar.Sha256;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.web.ApiException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Lets a client that lost the answer send its request again: the same {@code Idempotency-Key} with the same request gives the same job.
 * A key becomes durable together with its job, so there is never one without the other. Docs: docs/protocol.md, section 10.
 *
 * <p>Safe for many threads; a key is worked on by one at a time, and there are never more than requests being answered.
 */
@Component
class Idempotency {

    /** A structured string without escapes, or the same without its quotes. */
    private static final Pattern HEADER = Pattern.compile("\"([\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255})\"|([\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255})");

    private final IdempotencyKeyStore keys;
    private final JobStore jobs;
    private final ObjectWriter json;
    private final Set<IdempotencyKey> inFlight = ConcurrentHashMap.newKeySet();

    Idempotency(final IdempotencyKeyStore keys, final JobStore jobs, final ObjectMapper json) {
        this.keys = keys;
        this.jobs = jobs;
        this.json = json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    /** Takes a job and has {@code alsoDurable} called in the transaction that makes it durable. */
    @FunctionalInterface
    interface Submission {
        Job take(Consumer<Job> alsoDurable) throws IOException, OpenStackException;
    }

    /** Whether what the JSON does not hold is that of an earlier job, too. */
    @FunctionalInterface
    interface SameUpload {
        boolean as(Job earlier) throws IOException;
    }

    /**
     * Takes a job, unless the same request took one before.
     *
     * @param account whose the key is.
     * @param header  as it was sent; null where there is none, and then each request takes a job.
     * @param request all of the request that is JSON.
     */
    Job once(final String account, final String header, final Object request, final Submission submission, final SameUpload upload)
            throws IOException, OpenStackException {
        if (header == null) {
            return submission.take(job -> { });
        }
        final IdempotencyKey key = new IdempotencyKey(account, parse(header));
        if (!inFlight.add(key)) {
            throw new ApiException(HttpStatus.CONFLICT, "idempotency_key_in_flight",
                "Idempotency-Key=" + key.text() + " is that of a request that is still being answered; send it again in a moment");
        }
        try {
            return onceAtATime(key, Sha256.of(json.writeValueAsBytes(request)), submission, upload);
        } finally {
            inFlight.remove(key);
        }
    }

    private Job onceAtATime(final IdempotencyKey key, final String requestSha256, final Submission submission, final SameUpload upload)
            throws IOException, OpenStackException {
        final Optional<IdempotencyKeyStore.Kept> kept = keys.find(key);
        final Optional<Job> earlier = kept.flatMap(found -> jobs.find(found.jobId()));
        if (earlier.isEmpty()) {
            return submission.take(job -> keys.keep(key, requestSha256, job.id()));
        }
        if (!kept.get().requestSha256().equals(requestSha256) || !upload.as(earlier.get())) {
            throw new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, "idempotency_key_reused",
                "Idempotency-Key=" + key.text() + " was sent with another request, job=" + earlier.get().id() + "; choose a new key for a new job");
        }
        return earlier.get();
    }

    private static String parse(final String header) {
        final Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request",
                "header=Idempotency-Key must be 1 to 255 printable ASCII characters in quotes, without quotes or backslashes inside");
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }
}
