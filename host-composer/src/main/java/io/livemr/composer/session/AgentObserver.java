package io.livemr.composer.session;

import io.livemr.composer.grant.GrantedFile;
import java.util.UUID;

/**
 * Hears what agents answer. Called on the VM's reading thread while it holds the VM's lock: must be quick and must not
 * wait for another VM.
 */
public interface AgentObserver {

    /** A session began: ask again for all that is in use. */
    void sessionReady(UUID vm);

    void pending(UUID vm, String id, String owner);

    void granted(UUID vm, String id, GrantedFile file, String owner, String by);

    void denied(UUID vm, String id, String reason, String message);

    /** One requester's grant ended; for all of them the file's view says it. */
    void revoked(UUID vm, GrantedFile file, String requester, String reason);
}
