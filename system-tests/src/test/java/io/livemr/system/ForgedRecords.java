package io.livemr.system;

import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.UUID;

/** Map records of files that nobody has granted, each of them well formed: what a forger begins with. */
final class ForgedRecords {

    private final Random random;

    ForgedRecords(final long seed) {
        this.random = new Random(seed);
    }

    byte[] next(final int count) {
        final ByteBuffer records = ByteBuffer.allocate(count * MapRecordCodec.RECORD_BYTES);
        for (int i = 0; i < count; i++) {
            MapRecordCodec.encode(next(), records);
        }
        return records.array();
    }

    private MapRecord next() {
        final FileId file = new FileId(uuid(), random.nextInt(1, 1 << 20), random.nextInt(1 << 30));
        final long epoch = random.nextInt(8);
        return switch (random.nextInt(6)) {
            case 0 -> MapRecord.begin(file, epoch, 0);
            case 1 -> MapRecord.commit(file, epoch, 0, random.nextInt(1 << 24));
            case 2 -> MapRecord.revoke(file, epoch, 0);
            case 3 -> MapRecord.extend(file, epoch, 0, random.nextInt(1 << 24));
            case 4 -> MapRecord.voidOf(uuid());
            default -> MapRecord.extent(file, epoch, 0, extent());
        };
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private Extent extent() {
        final long sectors = 1 + random.nextInt(1 << random.nextInt(24));
        return new Extent(512L * random.nextInt(1 << 20), random.nextLong(1L << (1 + random.nextInt(40))), 512 * sectors);
    }
}
