-- Who may use the panel, and which machines a project may name. Jobs of before belong to project default, which may name all, as before.

CREATE TABLE project (
    name           VARCHAR(64) PRIMARY KEY,
    created_millis BIGINT      NOT NULL
);

CREATE TABLE project_vm (
    project VARCHAR(64)  NOT NULL REFERENCES project (name) ON DELETE CASCADE,
    pattern VARCHAR(255) NOT NULL,
    PRIMARY KEY (project, pattern)
);

INSERT INTO project (name, created_millis) VALUES ('default', 0);
INSERT INTO project_vm (project, pattern) VALUES ('default', '*');

-- A closed account keeps its name: what owners granted to it in their machines is nobody else's.
CREATE TABLE account (
    name           VARCHAR(64)  PRIMARY KEY,
    project        VARCHAR(64)  NOT NULL REFERENCES project (name),
    role           VARCHAR(20)  NOT NULL,
    password_hash  VARCHAR(500) NOT NULL,
    version        BIGINT       NOT NULL,
    created_millis BIGINT       NOT NULL,
    closed_millis  BIGINT
);

ALTER TABLE job ADD COLUMN project VARCHAR(64) DEFAULT 'default' NOT NULL;
ALTER TABLE job ADD COLUMN account VARCHAR(200) DEFAULT 'installation' NOT NULL;
CREATE INDEX job_by_project ON job (project, created_millis, id);

-- A key is that of an account: nobody gets another's job by guessing its key.
CREATE TABLE idempotency_key_of_account (
    account        VARCHAR(200) NOT NULL,
    key_text       VARCHAR(255) NOT NULL,
    request_sha256 VARCHAR(64)  NOT NULL,
    job_id         VARCHAR(36)  NOT NULL UNIQUE REFERENCES job (id) ON DELETE CASCADE,
    created_millis BIGINT       NOT NULL,
    PRIMARY KEY (account, key_text)
);

INSERT INTO idempotency_key_of_account (account, key_text, request_sha256, job_id, created_millis)
    SELECT 'installation', key_text, request_sha256, job_id, created_millis FROM idempotency_key;
DROP TABLE idempotency_key;
ALTER TABLE idempotency_key_of_account RENAME TO idempotency_key;
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_millis);
