package io.livemr.composer.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemountIT {

    private static final String NAME = "livemr_0000000000000001";

    @TempDir
    Path folder;

    private Path root;
    private Process server;

    /** Serves one file until it is killed. */
    public static final class Server {

        private Server() {
        }

        public static void main(final String[] args) throws Exception {
            final MemoryFiles files = new MemoryFiles(new Random(1));
            files.add(10_000);
            FuseMount.mount(Path.of(args[0]), files, FuseSettings.defaults());
            System.out.println("mounted");
            Thread.currentThread().join();
        }
    }

    @BeforeEach
    void startServer() throws IOException {
        MountedTest.requireFuse();
        root = folder.resolve("a mount point");
        server = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            System.getProperty("java.class.path"), Server.class.getName(), root.toString()).redirectErrorStream(true).start();
        final var lines = server.inputReader();
        for (String line = lines.readLine(); !"mounted".equals(line); line = lines.readLine()) {
            assertThat(line).as("server ended").isNotNull();
        }
    }

    @AfterEach
    void killServer() throws IOException, InterruptedException {
        if (server != null) {
            server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            if (Mounts.isOurs(root)) {
                Mounts.detach(root);
            }
        }
    }

    @Test
    void shouldTakeThePlaceOfAServerThatWasKilled() throws Exception {
        final FileChannel orphan = FileChannel.open(root.resolve(NAME));
        server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> Files.size(root.resolve(NAME))).isInstanceOf(IOException.class);
        final MemoryFiles files = new MemoryFiles(new Random(2));
        final MemoryFile file = files.add(20_000);

        try (FuseMount mount = FuseMount.mount(root, files, FuseSettings.defaults())) {
            assertThat(mount.status().openHandles()).isZero();
            assertThat(Files.readAllBytes(root.resolve(NAME))).isEqualTo(file.bytes());
            assertThatThrownBy(() -> orphan.read(ByteBuffer.allocate(1), 0)).isInstanceOf(IOException.class);
        }

        assertThat(Mounts.isOurs(root)).isFalse();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void shouldLeaveAServerAloneThatIsAlive() throws Exception {
        assertThatThrownBy(() -> FuseMount.mount(root, new MemoryFiles(new Random(2)), FuseSettings.defaults()))
            .isInstanceOf(IOException.class).hasMessageContaining("another process serves");

        assertThat(Files.size(root.resolve(NAME))).isEqualTo(10_000);
    }
}
