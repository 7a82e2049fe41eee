/**
 * The agent's one working thread, on which all state lives, and the few threads that may wait for a disk or a mail.
 * Nothing here knows what the work is.
 */
package io.livemr.agent.loop;
