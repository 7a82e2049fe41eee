/**
 * The conversation with the composer: the port, lines in and out, sessions and the lease.
 * It knows how things are said (docs/protocol.md, section 1), not what files are.
 */
package io.livemr.agent.channel;
