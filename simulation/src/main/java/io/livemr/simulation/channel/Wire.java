package io.livemr.simulation.channel;

import io.livemr.simulation.schedule.Chance;
import java.util.LinkedList;

/**
 * One direction of a channel. What is sent arrives when the seed says so: late, and now and then never, twice, or after what was sent later.
 * For one thread.
 */
public final class Wire<T> {

    private final LinkedList<T> waiting = new LinkedList<>();

    public void send(final T message) {
        waiting.add(message);
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The next message, or null. */
    public T receive() {
        return waiting.poll();
    }

    /** The channel was closed. */
    public void clear() {
        waiting.clear();
    }

    /** Does something to the messages that wait. */
    public void disturb(final Chance chance) {
        if (waiting.isEmpty()) {
            return;
        }
        final int at = chance.below(waiting.size());
        switch (chance.below(3)) {
            case 0 -> waiting.remove(at);
            case 1 -> waiting.add(chance.between(at, waiting.size()), waiting.get(at));
            default -> waiting.add(chance.below(waiting.size()), waiting.remove(at));
        }
    }
}
