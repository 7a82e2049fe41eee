package io.livemr.failpoint;

import java.util.Map;

/** Arms what the environment variable {@code LIVEMR_FAIL_POINTS} names; a program calls it before its first step. */
public final class FailPoints {

    public static final String VARIABLE = "LIVEMR_FAIL_POINTS";

    private FailPoints() {
    }

    /** @throws IllegalArgumentException if the setting is wrong, with what would be right; nothing is armed then. */
    public static void armFromEnvironment() {
        final String setting = System.getenv(VARIABLE);
        if (setting != null && !setting.isBlank()) {
            arm(setting);
            System.err.println("fail points are armed, " + VARIABLE + "=" + setting);
        }
    }

    /** Arms these and no others. */
    static void arm(final String setting) {
        final Map<FailPoint, Fault> faults = new FaultSetting(setting).faults();
        for (final FailPoint point : FailPoint.values()) {
            point.arm(faults.get(point));
        }
    }
}
