/**
 * The read-only file system of docs/protocol.md section 5: {@link io.livemr.composer.file.ReadableFiles} served over raw {@code /dev/fuse}.
 * Knows nothing of maps and images; what a file cannot vouch for arrives here as an errno and leaves as one.
 */
package io.livemr.composer.fuse;
