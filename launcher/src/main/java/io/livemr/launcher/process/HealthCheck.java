package io.livemr.launcher.process;

import java.util.Optional;

/** Says what is wrong with a process, in a few words; empty means that it serves. Must answer within a second or so. */
@FunctionalInterface
public interface HealthCheck {
    Optional<String> problem();
}
