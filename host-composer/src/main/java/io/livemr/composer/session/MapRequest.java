package io.livemr.composer.session;

import io.livemr.extent.FileId;

/**
 * One wish for one file of one VM.
 *
 * @param id         ours, comes back in the answer.
 * @param ttlSeconds how long the grant should last, 0 for as the owner likes.
 * @param file       the file's identity when it was granted before, else null.
 */
public record MapRequest(String id, String path, String requester, long ttlSeconds, FileId file) {
}
