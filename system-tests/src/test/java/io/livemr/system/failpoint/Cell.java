package io.livemr.system.failpoint;

import io.livemr.failpoint.FailPoint;

/** One case: the point's program stands there when the victim is killed. All else in the case comes from the seed. */
record Cell(FailPoint point, Victim victim, long seed) {

    @Override
    public String toString() {
        return point.title() + ", " + victim.title() + " killed, seed=" + seed;
    }
}
