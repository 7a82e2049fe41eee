package io.livemr.hdfs.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.failpoint.FailPoint;
import io.livemr.failpoint.Program;
import io.livemr.hdfs.fixture.FakeComposer;
import io.livemr.hdfs.fixture.LinkCluster;
import java.nio.file.Path;
import java.util.Arrays;
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
 * The DataNode is killed at each of its fail points while three files, each of a seed of its own, are linked, followed and grow, and is started again. The DataNode that
 * took the place of the last one is armed for the next case, and its faults begin with a file. {@code -Dpoint=append} runs those of some points, {@code -Dkills=3} three cases of each.
 */
class FailPointIT {

    private static final int KILLS = Integer.getInteger("kills", 1);
    private static final int FILES = 3;

    @TempDir
    private Path folder;
    private FakeComposer composer;
    private LinkCluster cluster;
    private DataNodeLives lives;
    private Random random;

    /** To be killed at one pass of one point: each of the files passes each point at least once. */
    private record Case(FailPoint point, long seed) {

        private String faults(Path whileThereIs) {
            return point.title() + "=kill:30ms@" + (1 + new Random(seed).nextInt(FILES)) + ";while=" + whileThereIs;
        }

        @Override
        public String toString() {
            return point.title() + " seed=" + seed;
        }
    }

    @BeforeEach
    void start() throws Exception {
        final String given = System.getProperty("seed", "");
        final long seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given);
        System.out.println("FailPointIT replay: -Dseed=" + seed);
        random = new Random(seed);
        composer = new FakeComposer(folder);
        final Configuration conf = LinkCluster.configuration(folder);
        conf.set("livemr.composer.url", composer.url());
        conf.set("livemr.composer.token.file", folder.resolve("token").toString());
        cluster = LinkCluster.start(conf, 0);
        lives = new DataNodeLives(cluster.hdfs(), folder);
    }

    @AfterEach
    void stop() throws Exception {
        lives.close();
        cluster.close();
        composer.close();
    }

    @TestFactory
    Stream<DynamicTest> shouldReadNoWrongByteAndGoOnWhereverTheDataNodeIsKilled() {
        final List<Case> cases = Arrays.stream(FailPoint.values())
            .filter(point -> point.program() == Program.DATANODE && point.title().startsWith(System.getProperty("point", "")))
            .flatMap(point -> random.longs(KILLS, 0, 1_000_000).mapToObj(seed -> new Case(point, seed))).toList();
        return IntStream.range(0, cases.size()).mapToObj(i -> DynamicTest.dynamicTest(cases.get(i).toString(),
            () -> live(cases.get(i), cases.get(Math.min(i + 1, cases.size() - 1)))));
    }

    private void live(Case now, Case next) throws Exception {
        final List<FileLife> files = IntStream.range(0, FILES)
            .mapToObj(i -> new FileLife("/" + now.point().title() + "-" + i, new Random(now.seed() + i), cluster, composer, lives)).toList();
        lives.begin(now.faults(lives.switchFile()), next.faults(lives.switchFile()));

        for (final FileLife file : files) {
            file.link();
        }
        for (final FileLife file : files) {
            file.grow();
        }
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
}
