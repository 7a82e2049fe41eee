package io.livemr.hdfs.linker;

import io.livemr.hdfs.client.Composition;

/** A file of HDFS that was made, of which composed file, and how long asking and linking took. */
public record Linked(String composedFile, Composition composition, long consentMillis, long composeMillis) {
}
