package io.livemr.agent.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The targets of a device-mapper device, from the bytes of {@code DM_TABLE_STATUS}.
 *
 * <pre>
 *  struct dm_target_spec, 40 bytes, native byte order, then its parameters and a NUL:
 *  byte 0             8        16      20    24        40
 *       start sector  sectors  status  next  type[16]  "8:2 2048"
 * </pre>
 *
 * {@code next} is counted from the first target. Sectors are 512 bytes.
 */
record DeviceMapperTable(List<Target> targets) {

    /** One target; the parameters of a linear one are {@code major:minor start}. */
    record Target(long startSector, long sectors, String type, String parameters) {
    }

    private static final int SPEC_BYTES = 40;
    private static final int TYPE = 24;
    private static final int TYPE_BYTES = 16;

    static DeviceMapperTable parse(final int targetCount, final byte[] bytes) {
        final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        final List<Target> targets = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < targetCount; i++) {
            targets.add(new Target(
                    in.getLong(at), in.getLong(at + 8),
                    text(bytes, at + TYPE, at + TYPE + TYPE_BYTES), text(bytes, at + SPEC_BYTES, bytes.length)));
            at = in.getInt(at + 20);
        }
        return new DeviceMapperTable(targets);
    }

    private static String text(final byte[] bytes, final int from, final int limit) {
        int end = from;
        while (end < limit && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }
}
