package io.livemr.agent.grant;

/**
 * One requester's right to one file.
 *
 * @param by {@code owner} or {@code policy}
 */
public record Grant(String requester, String by, long expiresAtSeconds) {

    public boolean isOverAt(final long nowSeconds) {
        return expiresAtSeconds <= nowSeconds;
    }
}
