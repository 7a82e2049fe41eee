package io.livemr.control.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a driver runs.
 *
 * @param jar         where it finds its jar.
 * @param conf        where it finds the folder of the job's configuration.
 * @param work        its working and temporary folder.
 * @param before      words before its command.
 * @param environment what it sees besides what every child sees.
 */
record DriverPlace(Path jar, Path conf, Path work, List<String> before, Map<String, String> environment) { }
