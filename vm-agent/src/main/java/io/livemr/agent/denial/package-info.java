/**
 * The reasons for which a request is denied, as docs/protocol.md names them.
 * Every part of the agent may deny, so this package needs none of them.
 */
package io.livemr.agent.denial;
