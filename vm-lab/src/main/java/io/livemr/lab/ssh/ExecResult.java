package io.livemr.lab.ssh;

import io.livemr.lab.LabException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a command in a guest ended. Equality is by content.
 *
 * @param stdoutBytes what it wrote, unless it was sent elsewhere as it came
 */
public record ExecResult(String command, int exitCode, byte[] stdoutBytes, byte[] stderrBytes) {

    public String stdout() {
        return new String(stdoutBytes, StandardCharsets.UTF_8);
    }

    public String stderr() {
        return new String(stderrBytes, StandardCharsets.UTF_8);
    }

    public boolean succeeded() {
        return exitCode == 0;
    }

    /** @return stdout without blanks at its ends. @throws LabException if the command did not exit with 0. */
    public String orThrow() {
        if (!succeeded()) {
            throw new LabException("in the guest: " + command + " ended with exit code " + exitCode + "\n" + stderr() + stdout());
        }
        return stdout().strip();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof ExecResult that && command.equals(that.command) && exitCode == that.exitCode
                && Arrays.equals(stdoutBytes, that.stdoutBytes) && Arrays.equals(stderrBytes, that.stderrBytes);
    }

    @Override
    public int hashCode() {
        return 31 * exitCode + Arrays.hashCode(stdoutBytes);
    }

    @Override
    public String toString() {
        return "exit code " + exitCode + "\nstdout: " + stdout() + "\nstderr: " + stderr();
    }
}
