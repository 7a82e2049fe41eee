/**
 * What the agent counts, by the words of docs/protocol.md.
 * Every part of the agent may count, so this package needs none of them.
 */
package io.livemr.agent.report;
