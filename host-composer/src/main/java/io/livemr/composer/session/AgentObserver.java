package io.livemr.composer.session;

import io.livemr.composer.grant.GrantedFile;
import java.util.UUID;

/**
 * Hears what agents answer. Called on the VM's reading thread while it holds the VM's lock: must be quick and must not
 * wait for another VM.
 */
public interface AgentObserver {

    /**
     * Whose yes it is.
     *
     * @param by              {@code owner} or {@code policy}.
     * @param expiresInMillis from now on, 0 where the agent does not say.
     */
    record Consent(String owner, String by, long expiresInMillis) {
    }

    /** A session began: ask again for all that is in use. */
    void sessionReady(UUID vm);

    void pending(UUID vm, String id, String owner);

    void granted(UUID vm, String id, GrantedFile file, Consent consent);

    void denied(UUID vm, String id, String reason, String message);

    /** One requester's grant ended; for all of them the file's view says it. */
    void revoked(UUID vm, GrantedFile file, String requester, String reason);
}
