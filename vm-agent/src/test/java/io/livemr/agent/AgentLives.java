package io.livemr.agent;

import io.livemr.failpoint.kill.Lives;
import java.io.IOException;
import java.time.Duration;

/** One agent after the other on the same state folder, each in a session with the composer. */
final class AgentLives extends Lives<AgentProcess> {

    private final AgentFixture fixture;
    private Runnable onDeath;
    private int sessions;

    AgentLives(final AgentFixture fixture) {
        super(fixture.folder, Duration.ofSeconds(20));
        this.fixture = fixture;
    }

    /** @param action is done between a death and the next agent. */
    void onDeath(final Runnable action) {
        onDeath = action;
    }

    /** Rises with each agent. */
    int session() {
        return sessions;
    }

    /** Returns when its session has begun. */
    @Override
    protected AgentProcess born(final String armed) throws IOException {
        return inSession(new AgentProcess(fixture.settings, armed, AgentProcess.CLASSES.option()));
    }

    private AgentProcess inSession(final AgentProcess agent) throws IOException {
        fixture.composer.begin(AgentFixture.LEASE_MILLIS);
        sessions++;
        return agent;
    }

    /** Makes the archive that the others start from. */
    void archive() throws Exception {
        AgentProcess.CLASSES.make(option -> {
            inSession(new AgentProcess(fixture.settings, "", option)).stop();
            fixture.composer.hangUp();
        });
    }

    @Override
    protected void mourn() throws Exception {
        onDeath.run();
        fixture.composer.hangUp();
    }

    @Override
    public void close() throws Exception {
        super.close();
        if (life() != null) {
            fixture.composer.hangUp();
        }
    }
}
