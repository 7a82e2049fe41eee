/**
 * What the composer counts and times, under the names that docs/protocol.md and the README give.
 * One registry per composer; {@code /metrics} prints it.
 */
package io.livemr.composer.metrics;
