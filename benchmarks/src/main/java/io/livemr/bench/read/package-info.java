/**
 * {@code bench read}: a sequential read of a composed file, beside a pread of the same ranges of the image.
 * Both sides read the same bytes, which is checked before anything is timed.
 */
package io.livemr.bench.read;
