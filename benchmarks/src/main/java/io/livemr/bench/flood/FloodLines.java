package io.livemr.bench.flood;

import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** What a VM may flood its composer with: about a MiB of lines of one kind, each of them well formed, none of them in its turn. */
enum FloodLines {

    /** The shortest lines that are a message. */
    SHORT("shortest lines", "{\"type\":\"heartbeat\",\"sequence\":1}\n"),
    /** Each of its 1,024 records is refused by itself. */
    RECORDS("lines of 1,024 records of no granted file", records()),
    /** Almost as long as a line may be, nearly all of it to be parsed for nothing. */
    NESTED("lines of 240 KiB of small numbers", "{\"type\":\"heartbeat\",\"sequence\":1,\"x\":[1" + ",1".repeat(120 << 10) + "]}\n");

    private static final int BATCH_BYTES = 1 << 20;

    private final String words;
    private final String line;

    FloodLines(final String words, final String line) {
        this.words = words;
        this.line = line;
    }

    String words() {
        return words;
    }

    String text() {
        return line.repeat(Math.max(1, BATCH_BYTES / line.length()));
    }

    private static String records() {
        final ByteBuffer records = ByteBuffer.allocate(1_024 * MapRecordCodec.RECORD_BYTES);
        while (records.hasRemaining()) {
            final FileId file = new FileId(new UUID(1, 2), 100 + records.position(), 3);
            MapRecordCodec.encode(MapRecord.extent(file, 1, 0, new Extent(0, 4_096, 4_096)), records);
        }
        return "{\"type\":\"extents\",\"sequence\":1,\"records\":\"" + Base64.getEncoder().encodeToString(records.array()) + "\"}\n";
    }
}
