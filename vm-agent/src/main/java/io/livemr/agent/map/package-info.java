/**
 * Reads where a file's bytes are and says what has changed since it was said last, as map records.
 * It never says a byte that is not on the virtual disk yet (S1).
 */
package io.livemr.agent.map;
