package io.livemr.control.job;

import io.livemr.control.web.ApiException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;

/** Reads the states that a list of jobs is asked for. */
final class StateFilter {

    private static final Set<JobState> ALL = EnumSet.allOf(JobState.class);

    private StateFilter() { }

    /** All states when no word is given. */
    static Set<JobState> of(final List<String> words) {
        return words.isEmpty() ? ALL : EnumSet.copyOf(words.stream().map(StateFilter::state).toList());
    }

    private static JobState state(final String word) {
        return ALL.stream().filter(state -> state.name().equals(word)).findFirst()
            .orElseThrow(() -> new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "state=" + word + " is none of " + ALL));
    }
}
