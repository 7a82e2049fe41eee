package io.livemr.control.input;

import io.livemr.control.audit.AuditEvent;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What the audit log is told when an input takes another state. */
final class InputNews {

    private static final Set<InputState> UNANSWERED = EnumSet.of(InputState.WAITING, InputState.AWAITING_CONSENT);

    private InputNews() { }

    /** Nothing where only the file's freshness changed. */
    static Optional<AuditEvent> of(final InputState before, final InputFile now) {
        if (before == now.state()) {
            return Optional.empty();
        }
        return switch (now.state()) {
            case WAITING, AWAITING_CONSENT -> Optional.empty();
            case COMPOSING, LIVE, STALE -> Optional.of(AuditEvent.FILE_GRANTED).filter(granted -> UNANSWERED.contains(before));
            case DENIED -> Optional.of(AuditEvent.FILE_DENIED);
            case REVOKED -> Optional.of("expired".equals(now.reason()) ? AuditEvent.FILE_EXPIRED : AuditEvent.FILE_REVOKED);
            case FAILED -> Optional.of(AuditEvent.FILE_FAILED);
        };
    }
}
