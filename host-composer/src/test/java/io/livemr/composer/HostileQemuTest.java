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
import io.livemr.extent.wire.MapRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A map channel on which everything goes wrong in random order, and readers that never stop. Sector n of the file holds the byte
 * 1 + n % 100; all other sectors hold a canary, every lie points at them, and the file's own sectors hold it while the guest has taken the map
 * back or QEMU has moved clusters.
 */
class HostileQemuTest {

    private static final int SECTORS = 4_096;
    private static final int FIRST = 1_000;
    private static final byte CANARY = (byte) 0xEE;
    private static final int ROUNDS = 40;
    private static final int BURST = 8;

    @TempDir
    private Path folder;
    private FakeAgent agent;
    private FakeQemu qemu;
    private Rig rig;
    private FileChannel disk;
    private int fileSectors = 1;
    private final AtomicReference<String> wrong = new AtomicReference<>();
    private final AtomicInteger answered = new AtomicInteger();

    @Test
    void shouldAnswerOnlyBytesOfTheFileWhateverComesThroughTheChannel() throws Exception {
        final Random random = Seeds.random("HostileQemuTest");
        final Path image = folder.resolve("disk.raw");
        disk = FileChannel.open(image, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        disk.write(ByteBuffer.wrap(canaries(SECTORS)), 0);
        paintOurs();
        try (FakeWriter writer = new FakeWriter(image); FakeAgent guest = new FakeAgent(folder.resolve("agent.sock"));
                FakeQemu peer = new FakeQemu(folder.resolve("maps.sock"), folder.resolve("page"), SECTORS);
                Rig host = new Rig(folder, 10_000, 50).withMaps(folder.resolve("maps.sock"), folder.resolve("page"))) {
            agent = guest;
            qemu = peer;
            rig = host;
            rig.vmRuns(folder.resolve("agent.sock"), image, "raw");
            agent.await("hello");
            final ComposedFile file = rig.compose("/data/log");
            final Thread reader = new Thread(() -> readUntilRevoked(file));
            reader.start();

            settle(file);
            for (int round = 0; round < ROUNDS && wrong.get() == null; round++) {
                for (int step = random.nextInt(BURST); step >= 0; step--) {
                    answerAll();
                    disturb(random, image);
                }
                settle(file);
            }
            assertThat(wrong.get()).isNull();
            agent.revoke(FILE, "owner_revoked");
            rig.awaitState(file, FileState.REVOKED);
            reader.join();

            assertThat(wrong.get()).isNull();
            assertThat(answered.get()).isGreaterThan(ROUNDS);
            assertThat(rig.count("livemr.rejected", "reason", "not_granted")).isPositive();
        }
    }

    private static byte[] canaries(final int sectors) {
        final byte[] bytes = new byte[sectors * 512];
        Arrays.fill(bytes, CANARY);
        return bytes;
    }

    private void paintCanaries() throws IOException {
        disk.write(ByteBuffer.wrap(canaries(fileSectors)), FIRST * 512L);
    }

    private void paintOurs() throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(fileSectors * 512);
        while (bytes.hasRemaining()) {
            bytes.put(colour(bytes.position() / 512));
        }
        disk.write(bytes.flip(), FIRST * 512L);
    }

    private static byte colour(final int sector) {
        return (byte) (1 + sector % 100);
    }

    /** As an honest agent would: grants what is asked for, has the guest announce what the composer knows. */
    private void answerAll() {
        for (JsonNode next = agent.poll(); next != null; next = agent.poll()) {
            try {
                switch (next.path("type").asText()) {
                    case "map" -> agent.grant(next.path("id").asText(), FILE, SERIAL, SECTORS, "disk");
                    case "ack", "resync" -> announce();
                    default -> { }
                }
            } catch (final IOException | NullPointerException e) {
                // Hung up in between; the next session asks again.
                continue;
            }
        }
    }

    private void announce() throws IOException {
        qemu.records(MapRecord.begin(FILE, agent.epoch(), 0), data(0, fileSectors, fileSectors),
                MapRecord.commit(FILE, agent.epoch(), 0, fileSectors * 512L));
    }

    private MapRecord data(final int sector, final int sectors, final int lengthSectors) {
        return MapRecord.extent(FILE, agent.epoch(), 0, new Extent(sector * 512L, FIRST + sector, sectors * 512L))
                .withLength(lengthSectors * 512L);
    }

    private MapRecord[] lie(final FileId file, final long epoch, final Random random) {
        final MapRecord data = MapRecord.extent(file, epoch, 0, new Extent(0, random.nextInt(FIRST), 512));
        final MapRecord begin = MapRecord.begin(file, epoch, 0);
        return random.nextBoolean() ? new MapRecord[] {begin, data, MapRecord.commit(file, epoch, 0, 512)}
                : new MapRecord[] {data, MapRecord.extend(file, epoch, 0, 512)};
    }

    private void disturb(final Random random, final Path image) {
        try {
            switch (random.nextInt(16)) {
                case 0 -> qemu.hangUp();
                case 1 -> agent.hangUp();
                case 2 -> qemu.lost();
                case 3 -> qemu.takeBack(MapRecord.voidOf(random.nextBoolean() ? FILE.fsUuid() : new UUID(0, 0)));
                case 4 -> qemu.records(lie(FILE, agent.epoch() - 1 - random.nextInt(3), random));
                case 5 -> qemu.records(lie(new FileId(FILE.fsUuid(), FILE.inode(), FILE.generation() + 1), agent.epoch(), random));
                case 6 -> agent.announce(FILE, 512, new Extent(0, random.nextInt(FIRST), 512));
                case 7 -> qemu.raw(garbage(random));
                case 8 -> qemu.frame(1 + random.nextInt(5), random.nextInt(10), random.nextInt(2), new byte[64 * random.nextInt(3)]);
                case 9 -> rig.vmIs(State.RUNNING, folder.resolve("agent.sock"), image, "raw", "block_job");
                case 10 -> moveClusters();
                case 11, 12 -> takeBack(random);
                default -> grow();
            }
        } catch (final IOException | NullPointerException e) {
            // No session just now: nothing was said.
            return;
        }
    }

    private static ByteBuffer garbage(final Random random) {
        final byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private void moveClusters() throws IOException {
        qemu.layoutMoves(true);
        paintCanaries();
        paintOurs();
        qemu.layoutMoves(false);
    }

    /** From the count on not one of the file's bytes may be handed on, however late the record comes. */
    private void takeBack(final Random random) throws IOException {
        qemu.countRevocation();
        for (int i = random.nextInt(20); i >= 0; i--) {
            paintCanaries();
        }
        try {
            qemu.records(MapRecord.revoke(FILE, agent.epoch() - random.nextInt(2), 0));
        } finally {
            paintOurs();
        }
        announce();
    }

    /** Two writes, of which the second is the first to be on the disk. */
    private void grow() throws IOException {
        fileSectors += 2;
        paintOurs();
        final MapRecord extend = MapRecord.extend(FILE, agent.epoch(), 0, fileSectors * 512L);
        qemu.records(data(fileSectors - 1, 1, fileSectors), extend);
        qemu.records(data(fileSectors - 2, 1, fileSectors), extend);
    }

    /** Until the file is live and was read while it was. */
    private void settle(final ComposedFile file) {
        final int before = answered.get();
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).until(() -> {
            answerAll();
            rig.files.tick();
            return wrong.get() != null || file.status().state() == FileState.LIVE && answered.get() > before + 1;
        });
    }

    private void readUntilRevoked(final ComposedFile file) {
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
