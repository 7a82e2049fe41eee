package io.livemr.composer.vm;

import java.util.UUID;

/** Hears of domains. Calls come one at a time, except {@link #layoutSuspect}, which must be quick and may come from any thread. */
public interface VmObserver {

    /**
     * A domain is new, or is not what it was, or something happened that may have moved its blocks.
     *
     * @param reason one word in snake case, for the agent and the log.
     */
    void changed(VmDescription vm, String reason);

    /** Something happened that may move the blocks of this domain; {@link #changed} follows. */
    void layoutSuspect(UUID vm, String reason);

    /** The domain is gone for good: libvirt does not know it any more. */
    void undefined(UUID vm);

    /** Whether libvirt can be heard; true after each rescan that went well, all {@link #changed} calls before it. */
    void listening(boolean listening);
}
