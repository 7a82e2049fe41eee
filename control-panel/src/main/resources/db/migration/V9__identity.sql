-- One row: which database this is. A state folder knows its own by it.

CREATE TABLE identity_of_database (
    id VARCHAR(36) NOT NULL PRIMARY KEY
);
