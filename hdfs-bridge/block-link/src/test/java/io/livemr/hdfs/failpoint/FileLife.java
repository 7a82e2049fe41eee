package io.livemr.hdfs.failpoint;

import io.livemr.hdfs.client.Composition;
import io.livemr.hdfs.fixture.FakeComposer;
import io.livemr.hdfs.fixture.LinkCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/** One linked HDFS file, as a client goes through it: a call that failed is sent again. Whatever can be read is the beginning of the composed file. */
final class FileLife {

    private static final int LONGEST_BYTES = 3 * LinkCluster.BLOCK_BYTES;

    private final String path;
    private final Random random;
    private final LinkCluster cluster;
    private final FakeComposer composer;
    private final DataNodeLives lives;
    private String name;
    private Composition composition;

    FileLife(String path, Random random, LinkCluster cluster, FakeComposer composer, DataNodeLives lives) {
        this.path = path;
        this.random = random;
        this.cluster = cluster;
        this.composer = composer;
        this.lives = lives;
    }

    private byte[] someBytes() {
        return LinkCluster.bytes(1 + random.nextInt(LONGEST_BYTES), random.nextLong());
    }

    void link() throws Exception {
        name = cluster.composedFile(someBytes());
        composer.put(name, "LIVE", null, Files.size(cluster.composedPath(name)));
        lives.await(path + " linked", this::isLinked);
        lives.await(path + " followed", () -> {
            cluster.client().follow(composition, name);
            return true;
        });
        lives.await(path + " read", this::isWhole);
    }

    private boolean isLinked() throws IOException {
        try {
            composition = cluster.compose(path, name);
        } catch (FileAlreadyExistsException e) {
            cluster.fs().delete(new Path(path), false);     // a composing of ours that failed and could not tidy up
            return false;
        }
        return true;
    }

    void grow() throws IOException {
        cluster.append(name, someBytes());
        composer.grew(name, Files.size(cluster.composedPath(name)));
    }

    void awaitGrown() throws Exception {
        lives.await(path + " grown", this::isWhole);
    }

    private boolean isWhole() throws IOException {
        final byte[] truth = cluster.composedBytes(name);
        final byte[] read = cluster.read(path);
        if (read.length > truth.length || Arrays.mismatch(read, 0, read.length, truth, 0, read.length) >= 0) {
            throw new AssertionError("wrong byte in " + path + " at "
                + Arrays.mismatch(read, truth) + " of " + read.length);
        }
        return read.length == truth.length && cluster.fs().isFileClosed(new Path(path));
    }

    void delete() throws IOException {
        cluster.fs().delete(new Path(path), false);
        composer.removed(name);
    }
}
