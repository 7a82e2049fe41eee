package io.livemr.control.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The audit log.
 *
 * @param keep how long a row is kept.
 */
public record AuditSettings(@DefaultValue("365d") Duration keep) { }
