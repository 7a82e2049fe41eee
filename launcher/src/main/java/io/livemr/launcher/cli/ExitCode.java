package io.livemr.launcher.cli;

/** How the launcher ends. 130 is the shell's own for an interrupt. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USE = 2;
    public static final int LACKING = 3;
    public static final int NO_STACK = 4;
    public static final int ENDED_BADLY = 5;
    public static final int NOT_ADMITTED = 6;

    /** For the foot of a verb's help. */
    public static final String HELP = "Exit: 0 done, 1 it failed, 2 wrong use, 3 this machine lacks something, 4 no stack"
        + " is running or no panel answers, 5 the job ended without success, 6 the panel does not admit you.";

    private ExitCode() {
    }
}
