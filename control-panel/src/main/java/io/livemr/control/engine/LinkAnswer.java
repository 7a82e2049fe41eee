package io.livemr.control.engine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * How a {@link LinkRequest} ended.
 *
 * @param error why it failed; null when it is done.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LinkAnswer(long id, String error) {

    static LinkAnswer failed(final String error) {
        return new LinkAnswer(0, error);
    }

    public boolean succeeded() {
        return error == null;
    }
}
