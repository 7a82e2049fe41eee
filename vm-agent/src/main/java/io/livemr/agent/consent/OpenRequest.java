package io.livemr.agent.consent;

import io.livemr.extent.FileId;

/**
 * A question to an owner that is not answered yet.
 *
 * @param id               the composer's, of its newest {@code map}
 * @param expiresAtSeconds when the grant would end
 * @param tokenHash        {@link ConsentToken#hash} of the token in the mail
 * @param unsentToken      the token itself until the mail is sent, so that it is sent after a crash, too; null from then on
 */
record OpenRequest(
        String id, String path, FileId file, String requester, long askedAtSeconds, long expiresAtSeconds,
        String tokenHash, String unsentToken) {

    OpenRequest under(final String newId) {
        return new OpenRequest(newId, path, file, requester, askedAtSeconds, expiresAtSeconds, tokenHash, unsentToken);
    }

    OpenRequest mailed() {
        return new OpenRequest(id, path, file, requester, askedAtSeconds, expiresAtSeconds, tokenHash, null);
    }

    boolean accepts(final String token) {
        return ConsentToken.matches(tokenHash, token, file, requester, expiresAtSeconds);
    }
}
