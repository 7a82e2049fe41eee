package io.livemr.hdfs.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.hdfs.rpc.Follow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowStoreTest {

    private static final Follow ONE = new Follow(16_400, 0x1234, 128 << 20);
    private static final Follow TWO = new Follow(16_401, -1, 1 << 20);

    @TempDir
    Path folder;

    @Test
    void shouldRememberWhatItWasTold() throws IOException {
        final FollowStore store = new FollowStore(folder);
        store.put(ONE);
        store.put(TWO);
        store.put(ONE);

        assertThat(new FollowStore(folder).load()).containsExactlyInAnyOrder(ONE, TWO);
        store.remove(ONE.inodeId());
        store.remove(ONE.inodeId());
        assertThat(new FollowStore(folder).load()).containsExactly(TWO);
    }

    @Test
    void shouldSetADamagedRecordAsideAndKeepTheOthers() throws IOException {
        final FollowStore store = new FollowStore(folder);
        store.put(ONE);
        store.put(TWO);
        final String line = FollowStore.lineOf(ONE);
        for (final String damaged : new String[] {"", line.substring(0, 20), line.replace("16400", "16401"), "\u0000\n"}) {
            Files.writeString(folder.resolve("16400.follow"), damaged);

            assertThat(store.load()).as(damaged).containsExactly(TWO);
            assertThat(folder.resolve("16400.follow.damaged")).exists();
        }
    }

    @Test
    void shouldIgnoreARecordThatWasNeverFinished() throws IOException {
        Files.writeString(folder.resolve("1.tmp"), "livemr-fol");

        assertThat(new FollowStore(folder).load()).isEmpty();
    }
}
