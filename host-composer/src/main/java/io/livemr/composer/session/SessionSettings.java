package io.livemr.composer.session;

import io.livemr.composer.grant.GrantLimits;

/**
 * Limits of one VM's conversation.
 *
 * @param leaseMillis    how long a file is served after the agent last was heard.
 * @param helloMillis    how long to wait for the agent's answer before the composer connects anew.
 * @param lineLimitBytes longest line.
 * @param bytesPerSecond what a VM may send for long; a line counts as at least 512 bytes.
 * @param burstBytes     what it may send at once.
 * @param openRequests   most `map` requests without an answer.
 * @param outgoingLines  most lines that wait for a slow guest; one more ends the session.
 */
public record SessionSettings(
        long leaseMillis, long helloMillis, int lineLimitBytes, long bytesPerSecond, long burstBytes, int openRequests,
        int outgoingLines, GrantLimits grants) {

    public static SessionSettings defaults() {
        return new SessionSettings(
                10_000, 5_000, 256 * 1024, 4L << 20, 64L << 20, 1_024, 8_192, GrantLimits.defaults());
    }

    public SessionSettings withLease(final long millis) {
        return new SessionSettings(
                millis, helloMillis, lineLimitBytes, bytesPerSecond, burstBytes, openRequests, outgoingLines, grants);
    }
}
