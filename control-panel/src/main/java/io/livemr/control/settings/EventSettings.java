package io.livemr.control.settings;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Streams of events.
 *
 * @param listenerLimit clients that may listen at a time; more are refused with 429.
 * @param patience      how long a client may take nothing before it is dropped.
 */
public record EventSettings(
    @Min(1) @DefaultValue("1000") int listenerLimit,
    @DefaultValue("30s") Duration patience) { }
