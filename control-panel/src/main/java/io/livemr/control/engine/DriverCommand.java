package io.livemr.control.engine;

import java.nio.file.Path;
import java.util.List;

/**
 * What a driver runs.
 *
 * @param confFolder     folder that comes before Hadoop's own configuration on the classpath.
 * @param mainInManifest whether the jar's manifest names the main class; RunJar then takes no name of one.
 */
public record DriverCommand(Path jar, String mainClass, boolean mainInManifest, Path confFolder, List<String> args) { }
