package io.livemr.agent;

import io.livemr.failpoint.kill.ClassArchive;
import io.livemr.failpoint.kill.Life;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The agent's program in a process of its own; what it says is in the test's output. */
final class AgentProcess implements Life {

    static final ClassArchive CLASSES = new ClassArchive("agent");

    private final Process process;

    /**
     * @param faults for LIVEMR_FAIL_POINTS.
     * @param option for java itself.
     */
    AgentProcess(final Main settings, final String faults, final String option) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", option,
                "-cp", CLASSES.classPath(), "io.livemr.agent.Main",
                "--port", settings.port.toString(), "--socket", settings.socket.toString(),
                "--policy", settings.policy.toString(), "--state", settings.state.toString(),
                "--sendmail", settings.sendmail.toString(), "--allow-virtual-disks")).inheritIO();
        builder.environment().put("LIVEMR_FAIL_POINTS", faults);
        process = builder.start();
    }

    @Override
    public Process process() {
        return process;
    }

    @Override
    public String output() {
        return "what the agent said stands before this";
    }

    /** As the guest's shutdown does. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** As a crash of the guest would. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
