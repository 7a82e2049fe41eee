package io.livemr.launcher.doctor;

/**
 * One thing that was looked at.
 *
 * @param needed whether LiveMR does not work without it.
 * @param works  whether it is there and did what was tried.
 * @param detail what was seen, or what to do.
 */
public record Finding(String name, boolean needed, boolean works, String detail) {
    static Finding need(final String name, final boolean works, final String detail) {
        return new Finding(name, true, works, detail);
    }

    static Finding want(final String name, final boolean works, final String detail) {
        return new Finding(name, false, works, detail);
    }

    boolean isFatal() {
        return needed && !works;
    }

    String line() {
        final String state = works ? "ok" : needed ? "MISSING" : "no";
        return String.format("%-8s %-9s %s", state, name, detail);
    }
}
