-- Jobs of before have no properties, and the jars of those that ended are gone.

ALTER TABLE job ADD COLUMN properties_json VARCHAR(70000) DEFAULT '{}' NOT NULL;
ALTER TABLE job ADD COLUMN jar_kept BOOLEAN DEFAULT TRUE NOT NULL;
UPDATE job SET jar_kept = FALSE WHERE cleaned_up = TRUE;
