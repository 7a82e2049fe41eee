-- Inputs of before are live.

ALTER TABLE job_input ADD COLUMN pinned BOOLEAN DEFAULT FALSE NOT NULL;
