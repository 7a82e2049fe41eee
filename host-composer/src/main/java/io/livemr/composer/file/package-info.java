/**
 * Composed files: their sources, the states of docs/protocol.md section 3.4, and the store that brings them back after a crash.
 * Readers see them as {@link io.livemr.composer.file.ReadableFiles}; everything else of a file is changed here alone.
 */
package io.livemr.composer.file;
