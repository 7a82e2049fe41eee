package io.livemr.agent.denial;

import java.util.Locale;

/** Why a request is denied: docs/protocol.md, section 3.2. */
public enum DenialReason {
    NO_SUCH_FILE,
    NOT_A_REGULAR_FILE,
    NOT_A_FOLDER,
    BAD_PATH,
    UNSUPPORTED_FILE_SYSTEM,
    UNSUPPORTED_LAYOUT,
    UNSUPPORTED_FILE,
    OWNER_SAID_NO,
    CONSENT_TIMEOUT,
    BUSY,
    IO_ERROR;

    public String onTheWire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
