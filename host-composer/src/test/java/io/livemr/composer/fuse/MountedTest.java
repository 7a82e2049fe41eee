package io.livemr.composer.fuse;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A test with a real mount of files in memory. */
abstract class MountedTest {

    // Unmounted by close(); cleaned only after success so that a mount left behind is seen and not walked into.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    final Random random = Seeds.random();
    final MemoryFiles files = new MemoryFiles(random);
    Path root;
    FuseMount mount;

    @BeforeEach
    void mountFiles() throws IOException {
        requireFuse();
        root = folder.resolve("mnt");
        mount = FuseMount.mount(root, files, settings());
    }

    FuseSettings settings() {
        return FuseSettings.defaults();
    }

    @AfterEach
    void unmountFiles() throws IOException {
        if (mount != null) {
            mount.close();
        }
    }

    static void requireFuse() {
        assumeTrue(Files.isReadable(Path.of("/dev/fuse")), "needs /dev/fuse");
        assumeTrue("root".equals(System.getProperty("user.name")), "mounting needs root");
    }

    Path path(final MemoryFile file) {
        return root.resolve(file.name());
    }

    Path view(final long offsetBytes, final MemoryFile file) {
        return root.resolve(".at").resolve(Long.toString(offsetBytes)).resolve(file.name());
    }
}
