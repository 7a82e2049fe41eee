package io.livemr.launcher.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to run one process, and how to see that it does its work.
 *
 * @param name        short; names the log file, the pid file and the process in messages.
 * @param command     program and arguments.
 * @param environment added to the launcher's own.
 * @param logFile     gets standard output and standard error of every run, one after the other.
 * @param health      asked until it has nothing to complain about.
 */
public record ServiceSpec(
    String name, List<String> command, Map<String, String> environment, Path logFile, HealthCheck health) {
}
