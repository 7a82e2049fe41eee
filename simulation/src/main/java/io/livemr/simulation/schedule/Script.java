package io.livemr.simulation.schedule;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one program still has to do, step by step. Between any two steps anything else may happen, a read included: a race is two scripts
 * whose steps are taken in an unlucky order. For one thread.
 */
public final class Script {

    private final Deque<Runnable> steps = new ArrayDeque<>();

    public Script then(final Runnable step) {
        steps.add(step);
        return this;
    }

    public boolean isIdle() {
        return steps.isEmpty();
    }

    /** Takes the next step, if there is one. */
    public void step() {
        final Runnable next = steps.poll();
        if (next != null) {
            next.run();
        }
    }

    /** Takes all steps that are left: somebody waits for the end. */
    public void finish() {
        while (!isIdle()) {
            step();
        }
    }

    /** The program was killed. */
    public void drop() {
        steps.clear();
    }
}
