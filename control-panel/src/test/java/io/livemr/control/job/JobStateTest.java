package io.livemr.control.job;

import static io.livemr.control.job.JobState.AWAITING_CONSENT;
import static io.livemr.control.job.JobState.COMPOSING;
import static io.livemr.control.job.JobState.FAILED;
import static io.livemr.control.job.JobState.KILLED;
import static io.livemr.control.job.JobState.RUNNING;
import static io.livemr.control.job.JobState.SUBMITTED;
import static io.livemr.control.job.JobState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStateTest {

    private static final Map<JobState, Set<JobState>> DRAWN = Map.of(
        SUBMITTED, Set.of(AWAITING_CONSENT, FAILED, KILLED),
        AWAITING_CONSENT, Set.of(COMPOSING, FAILED, KILLED),
        COMPOSING, Set.of(RUNNING, FAILED, KILLED),
        RUNNING, Set.of(SUCCEEDED, FAILED, KILLED),
        SUCCEEDED, Set.of(), FAILED, Set.of(), KILLED, Set.of());

    @ParameterizedTest
    @EnumSource
    void shouldOnlyTakeTheStepsThatAreDrawn(final JobState from) {
        assertThat(JobState.values()).filteredOn(from::canBecome).containsExactlyInAnyOrderElementsOf(DRAWN.get(from));
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndWhereNothingFollows(final JobState state) {
        assertThat(state.isEnd()).isEqualTo(DRAWN.get(state).isEmpty());
    }
}
