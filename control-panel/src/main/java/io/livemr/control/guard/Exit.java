package io.livemr.control.guard;

/**
 * How a guarded process ended. Text form: {@code CODE HOW}.
 *
 * @param code its exit code; 128 + n when signal n ended it, as in a shell.
 */
public record Exit(int code, How how) {

    /** What made it end. */
    public enum How {
        /** It ended by itself. */
        EXITED,
        /** Its time was over and it was killed. */
        TIME_LIMIT,
        /** It could not be started; the log says why. */
        NOT_STARTED
    }

    public static Exit parse(final String line) {
        final String[] words = line.strip().split(" ");
        return new Exit(Integer.parseInt(words[0]), How.valueOf(words[1]));
    }

    @Override
    public String toString() {
        return code + " " + how;
    }
}
