package io.livemr.agent.consent;

import io.livemr.extent.FileId;

/**
 * A question to an owner that is not answered yet.
 *
 * @param id               the composer's, of its newest {@code map}
 * @param expiresAtSeconds when the grant would end
 * @param tokenHash        {@link ConsentToken#hash} of the token in the mail
 */
record OpenRequest(
        String id, String path, FileId file, String requester, long askedAtSeconds, long expiresAtSeconds,
        String tokenHash) {

    OpenRequest under(final String newId) {
        return new OpenRequest(newId, path, file, requester, askedAtSeconds, expiresAtSeconds, tokenHash);
    }

    boolean accepts(final String token) {
        return ConsentToken.matches(tokenHash, token, file, requester, expiresAtSeconds);
    }
}
