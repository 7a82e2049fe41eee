-- What clients of OpenStack Sahara keep, which of it needs which, and the jobs that were run from it.

CREATE TABLE sahara_item (
    id             VARCHAR(36)    PRIMARY KEY,
    project        VARCHAR(64)    NOT NULL,
    kind           VARCHAR(20)    NOT NULL,
    name           VARCHAR(80)    NOT NULL,
    details_json   VARCHAR(20000) NOT NULL,
    length_bytes   BIGINT         NOT NULL,
    created_millis BIGINT         NOT NULL,
    UNIQUE (project, kind, name)
);

CREATE TABLE sahara_need (
    item   VARCHAR(36) NOT NULL REFERENCES sahara_item (id) ON DELETE CASCADE,
    needed VARCHAR(36) NOT NULL REFERENCES sahara_item (id),
    PRIMARY KEY (item, needed)
);

CREATE TABLE sahara_execution (
    job_id   VARCHAR(36) PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE,
    template VARCHAR(36) NOT NULL REFERENCES sahara_item (id),
    input    VARCHAR(36) REFERENCES sahara_item (id),
    output   VARCHAR(36) REFERENCES sahara_item (id)
);

CREATE INDEX sahara_need_by_needed ON sahara_need (needed);
CREATE INDEX sahara_execution_by_template ON sahara_execution (template);
