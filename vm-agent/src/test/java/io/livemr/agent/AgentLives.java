package io.livemr.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One agent after the other on the same state folder, each in a session with the composer: where one is found dead, the next is started. */
final class AgentLives implements AutoCloseable {

    /** What docs/fault-injection.md promises, from the beginning of the session with the agent that takes the place of the killed one. */
    private static final Duration RECOVERY = Duration.ofSeconds(20);

    private final AgentFixture fixture;
    private final List<Integer> deaths = new ArrayList<>();
    private Process agent;
    private String faults;
    private String nextFaults;
    private Runnable mourner;
    private int sessions;
    private long sessionNanos;
    private boolean isOver = true;

    AgentLives(final AgentFixture fixture) {
        this.fixture = fixture;
    }

    /** Faults strike while it is there. */
    Path switchFile() {
        return fixture.folder.resolve("faults-are-on");
    }

    /**
     * Begins a case with the agent that is there, if the case before came to its end and left one that is armed for this.
     *
     * @param onDeath is called before the next one is started.
     */
    void begin(final String now, final String next, final Runnable onDeath) throws Exception {
        nextFaults = next;
        mourner = onDeath;
        deaths.clear();
        if (!isOver || !now.equals(faults)) {
            close();
            start(now);
        }
        isOver = false;
        Files.createFile(switchFile());
    }

    /** The case went as it should. */
    void end() {
        isOver = true;
    }

    /** Rises with each agent. */
    int session() {
        return sessions;
    }

    /** Exit codes since the case began. */
    List<Integer> deaths() {
        return deaths;
    }

    interface Attempt {
        /** @return whether it is as it should be. */
        boolean make() throws IOException;
    }

    /** Tries until it is so; an agent that is dead meanwhile is replaced, and has its whole time from then on. */
    void await(final String what, final Attempt attempt) throws Exception {
        final long beganNanos = System.nanoTime();
        while (!holds(attempt)) {
            reviveIfDead();
            if (System.nanoTime() - Math.max(beganNanos, sessionNanos) > RECOVERY.toNanos()) {
                throw new AssertionError(what + ": not within " + RECOVERY);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        reviveIfDead();
    }

    /** A talk that is cut off says nothing of what became of it. */
    private static boolean holds(final Attempt attempt) {
        try {
            return attempt.make();
        } catch (final IOException e) {
            return false;
        }
    }

    private void reviveIfDead() throws Exception {
        if (!agent.isAlive()) {
            deaths.add(agent.exitValue());
            mourner.run();
            fixture.composer.hangUp();
            start(nextFaults);
        }
    }

    private void start(final String armed) throws IOException {
        Files.deleteIfExists(switchFile());
        faults = armed;
        agent = AgentProcess.start(fixture.settings, armed);
        fixture.composer.begin(AgentFixture.LEASE_MILLIS);
        sessions++;
        sessionNanos = System.nanoTime();
    }

    @Override
    public void close() throws Exception {
        if (agent != null) {
            agent.destroyForcibly().waitFor();
            fixture.composer.hangUp();
        }
    }
}
