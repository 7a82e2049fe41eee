package io.livemr.agent.kernel;

/**
 * Why a SCSI device did not do what it was told, in the device's own words.
 *
 * <pre>
 *  fixed format, 70h or 71h:                 descriptor format, 72h or 73h:
 *  byte 0     2         12    13             byte 0     1         2     3
 *       70h   key (4b)  code  qualifier           72h   key (4b)  code  qualifier
 * </pre>
 *
 * What the device did not send reads as 0. Immutable.
 */
public record SenseData(int key, int code, int qualifier) {

    public static final SenseData NONE = new SenseData(0, 0, 0);
    /** The command is none of this device's. */
    public static final SenseData INVALID_OPERATION_CODE = new SenseData(5, 0x20, 0);

    private static final int UNIT_ATTENTION = 6;
    private static final int FORMAT = 0x7f;

    /** @param bytes as many as the device sent; in no known format they say nothing. */
    public static SenseData decode(final byte[] bytes) {
        return switch (at(bytes, 0) & FORMAT) {
            case 0x70, 0x71 -> new SenseData(at(bytes, 2) & 0xf, at(bytes, 12), at(bytes, 13));
            case 0x72, 0x73 -> new SenseData(at(bytes, 1) & 0xf, at(bytes, 2), at(bytes, 3));
            default -> NONE;
        };
    }

    /** Something happened to the device before, a reset for example; the command was not looked at and may be sent again. */
    public boolean isUnitAttention() {
        return key == UNIT_ATTENTION;
    }

    @Override
    public String toString() {
        return "%x/%02x/%02x".formatted(key, code, qualifier);
    }

    private static int at(final byte[] bytes, final int place) {
        return place < bytes.length ? Byte.toUnsignedInt(bytes[place]) : 0;
    }
}
