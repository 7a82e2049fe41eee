package io.livemr.hdfs.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemr.failpoint.Program;
import io.livemr.failpoint.kill.Kill;
import io.livemr.failpoint.kill.Kills;
import io.livemr.hdfs.fixture.FakeComposer;
import io.livemr.hdfs.fixture.LinkCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The DataNode is killed at each of its fail points while three files, each of a seed of its own, are linked, followed and grow, and is started again.
 * {@link Kills} says how to run some of the points, or more kills at each.
 */
class FailPointIT {

    private static final int FILES = 3;

    @TempDir
    private Path folder;
    private FakeComposer composer;
    private LinkCluster cluster;
    private DataNodeLives lives;

    @BeforeEach
    void start() throws Exception {
        composer = new FakeComposer(folder);
        final Configuration conf = LinkCluster.configuration(folder, composer);
        cluster = LinkCluster.start(conf, 0);
        DataNodeProcess.CLASSES.make(this::once);
        lives = new DataNodeLives(cluster.hdfs(), folder);
    }

    /** The DataNode that is to be killed, once without that. */
    private void once(String option) throws Exception {
        final DataNodeProcess first = new DataNodeProcess(cluster.hdfs().getConfiguration(0), folder, "", option);
        await().atMost(Duration.ofSeconds(60)).until(() -> cluster.hdfs().getNamesystem().getNumLiveDataNodes() == 1);
        first.close();
    }

    @AfterEach
    void stop() throws Exception {
        lives.close();
        cluster.close();
        composer.close();
    }

    @TestFactory
    Stream<DynamicTest> shouldReadNoWrongByteAndGoOnWhereverTheDataNodeIsKilled() {
        return Kills.drawn().of(Program.DATANODE, this::live);
    }

    private void live(Kill now, Kill next) throws Exception {
        final List<FileLife> files = IntStream.range(0, FILES)
            .mapToObj(i -> new FileLife("/" + now.point().title() + "-" + i, new Random(now.seed() + i), cluster, composer, lives)).toList();
        lives.begin(faults(now), faults(next));

        for (final FileLife file : files) {
            file.link();
        }
        for (final FileLife file : files) {
            file.grow();
        }
        for (final FileLife file : files) {
            file.awaitGrown();
        }
        lives.awaitDeath();
        for (final FileLife file : files) {
            file.awaitGrown();
        }

        assertThat(lives.deaths()).as("deaths").containsExactly(137);
        assertThat(cluster.fsck("/")).isEqualTo("HEALTHY");
        for (final FileLife file : files) {
            file.delete();
        }
        lives.end();
    }

    /** Each of the files passes each point at least once. */
    private String faults(Kill kill) {
        return kill.faults("kill:30ms", FILES, lives.switchFile());
    }
}
