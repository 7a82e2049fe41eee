package io.livemr.composer.file;

import io.livemr.composer.image.GuardedReader;
import io.livemr.composer.metrics.ComposerMetrics;

/** What all composed files of a composer share. */
record FileParts(FileStore store, GuardedReader reader, FileEvents events, ComposerMetrics metrics) {
}
