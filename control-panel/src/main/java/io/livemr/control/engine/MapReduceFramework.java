package io.livemr.control.engine;

import org.springframework.stereotype.Component;

/** Where the Hadoop configuration has drivers run their jobs: {@code local} inside the driver, or {@code yarn}. */
@Component
public class MapReduceFramework {

    private final HadoopFiles files;

    public MapReduceFramework(final HadoopFiles files) {
        this.files = files;
    }

    public boolean isYarn() {
        return name().equals("yarn");
    }

    /** Hadoop's own default where the configuration does not say. */
    public String name() {
        return files.value("mapred-site.xml", "mapreduce.framework.name").orElse("local");
    }
}
