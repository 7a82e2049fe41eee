package io.livemr.composer;

import static io.livemr.composer.Rig.FILE;
import static io.livemr.composer.Rig.SERIAL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.FileState;
import io.livemr.composer.file.ReadRefusedException;
import io.livemr.composer.vm.VmDescription.State;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session in which everything goes wrong in random order, and a reader that never stops. Sector n of the file holds the byte
 * 1 + n % 100; all other sectors hold a canary, and every lie points at them.
 */
class HostileAgentTest {

    private static final int SECTORS = 4_096;
    private static final int FIRST = 1_000;
    private static final byte CANARY = (byte) 0xEE;
    private static final int ROUNDS = 40;
    private static final int BURST = 8;

    @TempDir
    private Path folder;
    private FakeAgent agent;
    private Rig rig;
    private FileChannel disk;
    private int fileSectors = 1;

    @Test
    void shouldAnswerOnlyBytesOfTheFileWhateverTheAgentSays() throws Exception {
        final Random random = Seeds.random("HostileAgentTest");
        final Path image = folder.resolve("disk.raw");
        disk = FileChannel.open(image, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        final byte[] canaries = new byte[SECTORS * 512];
        Arrays.fill(canaries, CANARY);
        disk.write(ByteBuffer.wrap(canaries), 0);
        write(0);
        try (FakeWriter qemu = new FakeWriter(image); FakeAgent peer = new FakeAgent(folder.resolve("agent.sock"));
                Rig host = new Rig(folder, 10_000, 50)) {
            agent = peer;
            rig = host;
            rig.vmRuns(folder.resolve("agent.sock"), image, "raw");
            agent.await("hello");
            final ComposedFile file = rig.compose("/data/log");
            final AtomicReference<String> wrong = new AtomicReference<>();
            final AtomicInteger answered = new AtomicInteger();
            final Thread reader = new Thread(() -> readUntilRevoked(file, wrong, answered));
            reader.start();

            settle(file, answered, wrong);
            for (int round = 0; round < ROUNDS && wrong.get() == null; round++) {
                for (int step = random.nextInt(BURST); step >= 0; step--) {
                    answerAll();
                    disturb(random, image);
                }
                settle(file, answered, wrong);
            }
            assertThat(wrong.get()).isNull();
            agent.revoke(FILE, "owner_revoked");
            rig.awaitState(file, FileState.REVOKED);
            reader.join();

            assertThat(wrong.get()).isNull();
            assertThat(answered.get()).isPositive();
            assertThat(rig.count("livemr.rejected", "reason", "stale_epoch")).isPositive();
        }
    }

    /** As an honest agent would: grants what is asked for, announces what is to be announced. */
    private void answerAll() {
        for (JsonNode next = agent.poll(); next != null; next = agent.poll()) {
            try {
                switch (next.path("type").asText()) {
                    case "map" -> {
                        agent.grant(next.path("id").asText(), FILE, SERIAL, SECTORS);
                        announce();
                    }
                    case "resync" -> announce();
                    default -> { }
                }
            } catch (final IOException | NullPointerException e) {
                // Hung up in between; the next session asks again.
                continue;
            }
        }
    }

    private void announce() throws IOException {
        agent.announce(FILE, fileSectors * 512L, new Extent(0, FIRST, fileSectors * 512L));
    }

    private void write(final int sector) throws IOException {
        final byte[] bytes = new byte[512];
        Arrays.fill(bytes, colour(sector));
        disk.write(ByteBuffer.wrap(bytes), (FIRST + sector) * 512L);
    }

    private static byte colour(final int sector) {
        return (byte) (1 + sector % 100);
    }

    private void disturb(final Random random, final Path image) {
        final Extent lie = new Extent(0, random.nextInt(FIRST), 512);
        try {
            switch (random.nextInt(12)) {
                case 0 -> agent.hangUp();
                case 1 -> rig.vmIs(State.RUNNING, folder.resolve("agent.sock"), image, "raw", "block_job");
                case 2 -> {
                    rig.vms.layoutSuspect(Rig.VM, "suspended");
                    rig.vmIs(State.RUNNING, folder.resolve("agent.sock"), image, "raw", "suspended");
                }
                case 3 -> agent.skipSequence();
                case 4 -> agent.sayRaw("{\"type\":\"extents\",\"records\":\"" + "A".repeat(random.nextInt(400_000)) + "\"}\n");
                case 5 -> agent.announce(agent.epoch() - 1 - random.nextInt(3), random.nextBoolean(), FILE, 512, lie);
                case 6 -> agent.announce(new FileId(FILE.fsUuid(), FILE.inode(), FILE.generation() + 1), 512, lie);
                case 7 -> agent.say(FakeAgent.message("extents").put("records", "AAAA"));
                case 8 -> agent.grow(FILE, 512L * (fileSectors + 10), new Extent(fileSectors * 512L, SECTORS - 5, 512 * 10));
                case 9 -> rig.vmIs(State.RUNNING, folder.resolve("agent.sock"), image, "raw", "rescan");
                default -> {
                    write(fileSectors);
                    fileSectors++;
                    agent.grow(FILE, fileSectors * 512L, new Extent((fileSectors - 1) * 512L, FIRST + fileSectors - 1, 512));
                }
            }
        } catch (final IOException | NullPointerException e) {
            // No session just now: nothing was said.
            return;
        }
    }

    /** Until the file is live and was read while it was. */
    private void settle(final ComposedFile file, final AtomicInteger answered, final AtomicReference<String> wrong) {
        final int before = answered.get();
        org.awaitility.Awaitility.await().atMost(java.time.Duration.ofSeconds(20))
                .pollInterval(java.time.Duration.ofMillis(10)).until(() -> {
                    answerAll();
                    rig.files.tick();
                    return wrong.get() != null || file.status().state() == FileState.LIVE && answered.get() > before + 1;
                });
    }

    private static void readUntilRevoked(final ComposedFile file, final AtomicReference<String> wrong, final AtomicInteger answered) {
        while (wrong.get() == null) {
            try {
                final byte[] bytes = Rig.read(file, 0, 1 << 20);
                for (int i = 0; i < bytes.length; i++) {
                    if (bytes[i] != colour(i / 512)) {
                        wrong.set("offset=" + i + " byte=" + bytes[i]);
                    }
                }
                answered.addAndGet(bytes.length > 0 ? 1 : 0);
            } catch (final ReadRefusedException e) {
                if (file.status().state() == FileState.REVOKED) {
                    return;
                }
            }
        }
    }
}
