package io.livemr.control.settings;

import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Child processes.
 *
 * @param java         the java program; empty for the panel's own.
 * @param prefix       words put before a driver's command, for example {@code setpriv,--reuid=nobody,--clear-groups}.
 * @param driverSocket where a service listens that runs each driver as a user of its own; null for drivers that are the panel's children.
 * @param classArchive folder for an archive of Hadoop's classes, from which drivers start; null for one in the panel's state, which drivers with a user of their own cannot read.
 * @param environment  names of environment variables that a child may see besides PATH, HOME, LANG, JAVA_HOME and HADOOP_CONF_DIR.
 * @param maxRunning   jobs that are composed or run at a time.
 * @param heap         Java heap of a driver.
 * @param timeLimit    how long a driver may run.
 * @param clientHeap   Java heap of what speaks to Hadoop for the panel: the linker, and what looks after a job's applications.
 * @param clientLimit  how long one call of those may take.
 * @param logLimit     bytes of output kept of one process; the rest is read and dropped.
 * @param killGrace    how long a process may take to end before it is killed.
 */
public record EngineSettings(
    @DefaultValue("") String java,
    @DefaultValue List<String> prefix,
    Path driverSocket,
    Path classArchive,
    @DefaultValue List<String> environment,
    @Min(1) @DefaultValue("2") int maxRunning,
    @DefaultValue("512MB") DataSize heap,
    @DefaultValue("24h") Duration timeLimit,
    @DefaultValue("256MB") DataSize clientHeap,
    @DefaultValue("10m") Duration clientLimit,
    @DefaultValue("64MB") DataSize logLimit,
    @DefaultValue("5s") Duration killGrace) { }
