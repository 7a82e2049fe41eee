package io.livemr.control.audit;

/** What the audit log tells of. */
public enum AuditEvent {
    /** A job was taken, or taken again. */
    JOB_SUBMITTED,
    /** Somebody asked for its end. */
    JOB_KILLED,
    /** The owner is about to be asked, unless the machine's policy answers for him. */
    FILE_ASKED,
    FILE_GRANTED,
    FILE_DENIED,
    /** From here on the job's driver may read it. */
    FILE_READ,
    /** The owner, or what protects his file, took it back. */
    FILE_REVOKED,
    /** The time that was granted is over. */
    FILE_EXPIRED,
    FILE_FAILED,
    ACCOUNT_CREATED,
    ACCOUNT_CHANGED,
    ACCOUNT_CLOSED,
    PROJECT_SET,
    PROJECT_REMOVED
}
