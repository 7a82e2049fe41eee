package io.livemr.control.failpoint;

import io.livemr.failpoint.FailPoint;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What a client does with a job while the panel is killed. */
enum Story {
    /** Submits it. */
    SUBMIT(List.of("SUCCEEDED"), List.of(true)),
    /** Runs again the job of the case before. */
    RERUN(List.of("SUCCEEDED"), List.of(true)),
    /** Submits it, and kills it when the panel was killed and is there again. */
    REGRET(List.of("SUCCEEDED", "KILLED"), List.of(true, false)),
    /** Submits it, and an owner says no while no panel is there. */
    NO(List.of("FAILED"), List.of(false)),
    /** Submits it and kills it: at once, or when its driver runs. */
    KILL(List.of("KILLED"), List.of(false));

    private static final Set<FailPoint> OF_KILLS = EnumSet.of(FailPoint.KILL_WANTED, FailPoint.KILL_DONE);
    private static final Set<FailPoint> OF_UPLOADS = EnumSet.of(FailPoint.JAR_STORED, FailPoint.CLEAN_NOTED, FailPoint.JAR_DROPPED);
    private static final Set<FailPoint> BEFORE_CONSENT = EnumSet.range(FailPoint.JAR_STORED, FailPoint.INPUT_NAMED);

    private final List<String> ends;
    private final List<Boolean> runs;

    Story(final List<String> ends, final List<Boolean> runs) {
        this.ends = ends;
        this.runs = runs;
    }

    /** In which states the job may end. */
    List<String> ends() {
        return ends;
    }

    /** Whether its driver may come to its end, and whether it may not. */
    List<Boolean> runs() {
        return runs;
    }

    boolean canBeRunAgain() {
        return this != KILL && this != NO;
    }

    /** One in which the point is surely passed. */
    static Story of(final FailPoint point, final Random random, final boolean canRunAgain) {
        final Set<Story> all = OF_KILLS.contains(point) ? EnumSet.of(KILL) : EnumSet.of(SUBMIT, REGRET);
        if (BEFORE_CONSENT.contains(point)) {
            all.add(NO);
        }
        if (canRunAgain && !OF_UPLOADS.contains(point) && !OF_KILLS.contains(point)) {
            all.add(RERUN);
        }
        return List.copyOf(all).get(random.nextInt(all.size()));
    }
}
