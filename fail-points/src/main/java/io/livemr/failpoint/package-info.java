/**
 * Faults on purpose: named places between two steps at which a program can be killed, held up or made to fail. Off unless
 * {@code LIVEMR_FAIL_POINTS} names one; docs/fault-injection.md lists them.
 */
package io.livemr.failpoint;
