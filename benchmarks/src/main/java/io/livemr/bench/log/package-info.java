/**
 * A log whose every line can be checked: numbered, of one length, with a checksum. A guest appends to it and says what it has synced; a
 * checker says what a reader made of it.
 */
package io.livemr.bench.log;
