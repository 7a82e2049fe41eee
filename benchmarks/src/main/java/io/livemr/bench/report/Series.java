package io.livemr.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.livemr.bench.measure.Samples;
import java.util.Map;

/**
 * What one contender did.
 *
 * @param facts things that were counted beside the measuring, by a name that says the unit.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Series(String name, Samples samples, Map<String, Object> facts) {

    public Series(final String name, final Samples samples) {
        this(name, samples, Map.of());
    }
}
