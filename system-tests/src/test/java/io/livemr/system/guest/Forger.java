package io.livemr.system.guest;

import io.livemr.agent.kernel.ScsiDevice;
import io.livemr.agent.kernel.ScsiException;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A guest's root who sends his disk what he likes: map records, right or with bytes changed, in commands that are right or not.
 *
 * <pre>  java Forger DEVICE SEED COMMANDS  </pre>
 *
 * One record a command, so that answers can be compared with QEMU's counters. Prints {@code ANSWER=COUNT} for each answer, a line each.
 */
public final class Forger {
    private static final int LENGTH_AT = 5;

    private final Random random;
    private final Map<String, Integer> answers = new TreeMap<>();

    private Forger(final long seed) {
        this.random = new Random(seed);
    }

    public static void main(final String[] args) throws Exception {
        final Forger forger = new Forger(Long.parseLong(args[1]));
        for (int left = Integer.parseInt(args[2]); left > 0; left--) {
            forger.send(Path.of(args[0]));
        }
        forger.answers.forEach((answer, count) -> System.out.println(answer + "=" + count));
    }

    private void send(final Path device) throws Exception {
        final byte[] record = changed(record());
        final byte[] command = ByteBuffer.allocate(10).put(0, (byte) 0xC5).put(1, (byte) 1).putInt(LENGTH_AT, record.length).array();
        String answer = "good";
        try {
            ScsiDevice.write(device, random.nextInt(8) == 0 ? changedCommand(command) : command, record);
        } catch (final ScsiException e) {
            answer = e.sense().toString();
        }
        answers.merge(answer, 1, Integer::sum);
    }

    private byte[] record() {
        final FileId file = new FileId(new UUID(random.nextLong(), random.nextLong()), random.nextInt(1, 1 << 20), random.nextInt(1 << 30));
        final long epoch = random.nextInt(8);
        final long sectors = 1 + random.nextInt(1 << random.nextInt(24));
        final MapRecord record = switch (random.nextInt(6)) {
            case 0 -> MapRecord.begin(file, epoch, 0);
            case 1 -> MapRecord.commit(file, epoch, 0, random.nextInt(1 << 24));
            case 2 -> MapRecord.revoke(file, epoch, 0);
            case 3 -> MapRecord.extend(file, epoch, 0, random.nextInt(1 << 24));
            case 4 -> MapRecord.voidOf(new UUID(random.nextLong(), random.nextLong()));
            default -> MapRecord.extent(file, epoch, 0,
                new Extent(512L * random.nextInt(1 << 20), random.nextLong(1L << (1 + random.nextInt(40))), 512 * sectors));
        };
        final ByteBuffer bytes = ByteBuffer.allocate(MapRecordCodec.RECORD_BYTES);
        MapRecordCodec.encode(record, bytes);
        return bytes.array();
    }

    private byte[] changed(final byte[] bytes) {
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Another version, or a length that is not the list's; the operation stays, for others may format disks. */
    private byte[] changedCommand(final byte[] command) {
        command[1 + random.nextInt(command.length - 1)] = (byte) random.nextInt();
        return command;
    }
}
