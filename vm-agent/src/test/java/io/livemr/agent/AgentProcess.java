package io.livemr.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The agent's program in a process of its own. */
final class AgentProcess {

    private AgentProcess() {
    }

    /** @param faults for LIVEMR_FAIL_POINTS. */
    static Process start(final Main settings, final String faults) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote",
                "-cp", System.getProperty("java.class.path"), "io.livemr.agent.Main",
                "--port", settings.port.toString(), "--socket", settings.socket.toString(),
                "--policy", settings.policy.toString(), "--state", settings.state.toString(),
                "--sendmail", settings.sendmail.toString(), "--allow-virtual-disks")).inheritIO();
        builder.environment().put("LIVEMR_FAIL_POINTS", faults);
        return builder.start();
    }
}
