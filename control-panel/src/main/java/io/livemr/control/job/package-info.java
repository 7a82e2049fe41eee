/**
 * Jobs: what a user submits, its durable record, and the one who takes it from state to state. Nothing here starts a process or
 * opens a connection by itself; that is asked of engine and composer.
 */
package io.livemr.control.job;
