package io.livemr.control.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** A bucket of tokens for each key. A bucket that is full again is as good as a new one, so it may be forgotten; so may the least used of too many. */
final class Buckets {

    private static final int KEY_LIMIT = 100_000;

    private final Cache<String, Bucket> buckets;
    private final long capacity;
    private final Duration filledIn;
    private final TimeMeter time;

    /** @param filledIn how long an empty bucket takes to be full. */
    Buckets(final long capacity, final Duration filledIn, final TimeMeter time) {
        this.capacity = capacity;
        this.filledIn = filledIn;
        this.time = time;
        this.buckets = Caffeine.newBuilder().maximumSize(KEY_LIMIT).expireAfterAccess(filledIn).build();
    }

    Bucket of(final String key) {
        return buckets.get(key, absent -> Bucket.builder().addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, filledIn))
            .withCustomTimePrecision(time).build());
    }
}
