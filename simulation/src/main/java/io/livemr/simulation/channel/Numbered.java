package io.livemr.simulation.channel;

/** A line of the agent and its sequence number. */
public record Numbered(long sequence, Line line) {
}
