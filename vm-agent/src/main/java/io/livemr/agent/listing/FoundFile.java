package io.livemr.agent.listing;

/** A regular file as it was when it was looked at. */
record FoundFile(String path, long lengthBytes) {
}
