package io.livemr.composer.session;

import java.util.List;

/**
 * Files of a guest that a pattern means, by the agent's word.
 *
 * @param truncated whether there are more.
 */
public record GuestListing(List<File> files, boolean truncated) {

    /** One of them, as it was when the agent looked. */
    public record File(String path, long lengthBytes) {
    }
}
