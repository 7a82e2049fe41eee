package io.livemr.control.settings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Hadoop that jobs run on.
 *
 * @param confDir   folder with core-site.xml and the others; it says whether jobs run on YARN or inside the driver.
 * @param classpath as for {@code java -cp}: Hadoop's jars and the block-link jar.
 * @param folder    folder in HDFS below which each job gets one of its own.
 */
public record HadoopSettings(
    @DefaultValue("/etc/hadoop/conf") String confDir,
    @DefaultValue("") String classpath,
    @DefaultValue("/livemr/jobs") String folder) { }
