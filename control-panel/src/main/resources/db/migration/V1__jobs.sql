-- Plain SQL that H2 and PostgreSQL both take. Times are milliseconds since 1970-01-01 UTC.

CREATE TABLE job (
    id               VARCHAR(36)    PRIMARY KEY,
    name             VARCHAR(200)   NOT NULL,
    main_class       VARCHAR(1000)  NOT NULL,
    main_in_manifest BOOLEAN        NOT NULL,
    args_json        VARCHAR(70000) NOT NULL,
    output           VARCHAR(4000)  NOT NULL,
    requester        VARCHAR(200)   NOT NULL,
    ttl_seconds      BIGINT,
    jar_sha256       VARCHAR(64)    NOT NULL,
    jar_length_bytes BIGINT         NOT NULL,
    state            VARCHAR(20)    NOT NULL,
    reason           VARCHAR(100),
    message          VARCHAR(8000),
    kill_requested   BOOLEAN        NOT NULL,
    cleaned_up       BOOLEAN        NOT NULL,
    exit_code        INTEGER,
    created_millis   BIGINT         NOT NULL,
    started_millis   BIGINT,
    finished_millis  BIGINT
);

CREATE INDEX job_by_age ON job (created_millis, id);
CREATE INDEX job_by_state ON job (state, cleaned_up);

CREATE TABLE job_input (
    job_id        VARCHAR(36)   NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    number        INTEGER       NOT NULL,
    vm            VARCHAR(255)  NOT NULL,
    path          VARCHAR(4096) NOT NULL,
    hdfs_path     VARCHAR(4096) NOT NULL,
    composer      VARCHAR(1000),
    composed_file VARCHAR(200),
    state         VARCHAR(20)   NOT NULL,
    reason        VARCHAR(100),
    message       VARCHAR(8000),
    owner         VARCHAR(200),
    length_bytes  BIGINT,
    PRIMARY KEY (job_id, number)
);

CREATE INDEX job_input_by_file ON job_input (vm, path);
