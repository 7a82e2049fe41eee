package io.livemr.composer.fuse;

/**
 * Gauges of a mount.
 *
 * @param workers       threads started so far
 * @param readsRunning  reads (and opens) that are waiting for bytes
 * @param readsDeferred reads put aside until a thread may take them
 * @param nodes         names the kernel remembers
 * @param openHandles   files and directories open
 */
public record FuseStatus(int workers, int readsRunning, int readsDeferred, int nodes, int openHandles) { }
