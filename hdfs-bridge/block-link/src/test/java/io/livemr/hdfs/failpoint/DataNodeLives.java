package io.livemr.hdfs.failpoint;

import io.livemr.failpoint.kill.Lives;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** One DataNode after the other on the same data folder. */
final class DataNodeLives extends Lives<DataNodeProcess> {

    private final Configuration conf;
    private final Path folder;

    /** @param cluster whose NameNode it is for, without DataNodes of its own. */
    DataNodeLives(MiniDFSCluster cluster, Path folder) {
        super(folder, Duration.ofSeconds(60));
        this.conf = cluster.getConfiguration(0);
        this.folder = folder;
    }

    /** Returns when the program begins to start. */
    @Override
    protected DataNodeProcess born(String armed) throws IOException {
        return new DataNodeProcess(conf, folder, armed, DataNodeProcess.CLASSES.option());
    }
}
