package io.livemr.hdfs.failpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** One DataNode after the other on the same data folder: where one is found dead, the next is started. */
final class DataNodeLives implements AutoCloseable {

    /** What docs/fault-injection.md promises, from the start of the DataNode that takes the place of the killed one. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final Configuration conf;
    private final Path folder;
    private final List<Integer> deaths = new ArrayList<>();
    private DataNodeProcess datanode;
    private String faults;
    private String nextFaults;
    private long startedNanos;
    private boolean isOver = true;

    /** @param cluster whose NameNode it is for, without DataNodes of its own. */
    DataNodeLives(MiniDFSCluster cluster, Path folder) {
        this.conf = cluster.getConfiguration(0);
        this.folder = folder;
    }

    /** Faults strike while it is there. */
    Path switchFile() {
        return folder.resolve("faults-are-on");
    }

    /** Begins a case with the DataNode that is there, if the case before came to its end and left one that is armed for this. */
    void begin(String now, String next) throws Exception {
        nextFaults = next;
        deaths.clear();
        if (!isOver || !now.equals(faults)) {
            close();
            start(now);
        }
        isOver = false;
        Files.createFile(switchFile());
    }

    /** The case went as it should. */
    void end() {
        isOver = true;
    }

    private void start(String armed) throws IOException {
        Files.deleteIfExists(switchFile());
        faults = armed;
        startedNanos = System.nanoTime();
        datanode = new DataNodeProcess(conf, folder, armed);
    }

    /** Exit codes since the case began. */
    List<Integer> deaths() {
        return deaths;
    }

    interface Attempt {
        /** @return whether it is as it should be. */
        boolean make() throws IOException;
    }

    /** Tries until it is so; a DataNode that is dead meanwhile is replaced, and has its whole time from then on. */
    void await(String what, Attempt attempt) throws Exception {
        final long beganNanos = System.nanoTime();
        IOException last = null;
        for (boolean done = false; !done;) {
            try {
                done = attempt.make();
            } catch (IOException e) {
                last = e;
            }
            reviveIfDead();
            if (System.nanoTime() - Math.max(beganNanos, startedNanos) > RECOVERY.toNanos()) {
                throw new AssertionError(what + ": not within " + RECOVERY + "; " + datanode.output(), last);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void reviveIfDead() throws IOException {
        if (!datanode.isAlive()) {
            deaths.add(datanode.exitCode());
            start(nextFaults);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (datanode != null) {
            datanode.close();
        }
    }
}
