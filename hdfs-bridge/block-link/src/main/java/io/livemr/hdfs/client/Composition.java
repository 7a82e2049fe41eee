package io.livemr.hdfs.client;

/** What composing or growing made of an HDFS file. */
public record Composition(long inodeId, long lengthBytes, int blocks, long blockSizeBytes) {
}
