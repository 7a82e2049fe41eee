package io.livemr.hdfs.composer;

/** A file inside a VM, as a requester names it. */
public record GuestFile(String vm, String path) {
}
