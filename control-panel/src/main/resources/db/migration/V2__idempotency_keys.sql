-- A key goes with its job: no more keys than jobs are kept.

CREATE TABLE idempotency_key (
    key_text       VARCHAR(255) PRIMARY KEY,
    request_sha256 VARCHAR(64)  NOT NULL,
    job_id         VARCHAR(36)  NOT NULL UNIQUE REFERENCES job (id) ON DELETE CASCADE,
    created_millis BIGINT       NOT NULL
);

CREATE INDEX idempotency_key_by_age ON idempotency_key (created_millis);
