package io.livemr.extent.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.Seeded;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MapRecordCodecTest {

    private static final long BIG_DISK_SECTORS = 2L << 32;
    private static final FileId FILE = new FileId(new UUID(1, 2), 12, 34);

    @ParameterizedTest
    @MethodSource("goldenVectors")
    void shouldDecodeTheGoldenVectors(final String line) throws Exception {
        final String[] vector = line.split(" ");
        assertThat(MapRecordCodec.decode(bytes(vector[0]), BIG_DISK_SECTORS)).isEqualTo(record(vector));
    }

    @ParameterizedTest
    @MethodSource("goldenVectors")
    void shouldEncodeTheGoldenVectors(final String line) {
        final String[] vector = line.split(" ");
        assertThat(hex(record(vector))).isEqualTo(vector[0]);
    }

    @ParameterizedTest
    @MethodSource("rejectedVectors")
    void shouldRejectWhatTheProtocolRejects(final String line) {
        final String[] vector = line.split(" ");
        final RejectedRecordException thrown = catchThrowableOfType(RejectedRecordException.class,
                () -> MapRecordCodec.decode(bytes(vector[0]), Long.parseLong(vector[1])));

        assertThat(thrown).as("not rejected: %s", vector[2]).isNotNull();
        assertThat(thrown.reason().tag()).isEqualTo(vector[2]);
        assertThat(thrown).hasMessageStartingWith(vector[2] + ": ");
    }

    @Test
    void shouldRejectATruncatedRecordAndConsumeNothing() {
        final ByteBuffer half = ByteBuffer.allocate(63);

        assertThatThrownBy(() -> MapRecordCodec.decode(half, 1)).hasMessage("malformed: recordBytes=63");
        assertThat(half.position()).isZero();
    }

    @Test
    void shouldGoOnWithTheRecordAfterARejectedOne() throws Exception {
        final ByteBuffer two = ByteBuffer.allocate(3 + 128).order(ByteOrder.LITTLE_ENDIAN).position(3);
        MapRecordCodec.encode(MapRecord.extent(FILE, 1, 2, new Extent(0, 100, 512)), two);
        MapRecordCodec.encode(MapRecord.commit(FILE, 1, 2, 512), two);
        two.flip().position(3);

        assertThatThrownBy(() -> MapRecordCodec.decode(two, 100)).isInstanceOf(RejectedRecordException.class);
        assertThat(MapRecordCodec.decode(two, 100)).isEqualTo(MapRecord.commit(FILE, 1, 2, 512));
        assertThat(two.hasRemaining()).isFalse();
    }

    @Test
    void shouldAcceptTheLastSectorOfTheDisk() throws Exception {
        final MapRecord last = MapRecord.extent(FILE, 1, 2, new Extent(512, 99, 512));

        assertThat(MapRecordCodec.decode(bytes(hex(last)), 100).extent()).isEqualTo(new Extent(512, 99, 512));
    }

    @Test
    void shouldCarryZeros() throws Exception {
        final MapRecord zeros = MapRecord.extent(FILE, 1, 2, Extent.zeros(512, 1 << 20));

        assertThat(MapRecordCodec.decode(bytes(hex(zeros)), 1).extent()).isEqualTo(Extent.zeros(512, 1 << 20));
    }

    @Test
    void shouldRefuseToEncodeWhatDoesNotFit() {
        final MapRecord tooManySectors =
                MapRecord.extent(FILE, 1, 2, Extent.zeros(0, MapRecordCodec.MAX_EXTENT_BYTES + 512));

        assertThatThrownBy(() -> hex(tooManySectors)).hasMessage("does not fit 32 bits: sectors=4294967296");
        assertThatThrownBy(() -> hex(MapRecord.commit(FILE, -1, 2, 0))).hasMessageContaining("epoch=-1");
        assertThatThrownBy(() -> hex(MapRecord.commit(FILE, 1, 2, -5))).hasMessageContaining("lengthBytes=-5");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void shouldTagReasonsAsTheProtocolDoes(final Reason reason) throws IOException {
        assertThat(Path.of("../docs/protocol.md")).content().contains("`" + reason.tag() + "`");
    }

    /** G1. Bytes of valid records with some changed, so that most get past the first check. */
    @Seeded
    void shouldAcceptNothingOutsideTheDiskAmongAMillionForgedRecords(final Random random) {
        int accepted = 0;
        for (int i = 0; i < 1_000_000; i++) {
            final long diskSectors = random.nextLong() >>> 9 + random.nextInt(54);
            accepted += isAccepted(forged(random), diskSectors) ? 1 : 0;
        }

        assertThat(accepted).as("the forger must reach what lies behind the checks").isGreaterThan(10_000);
    }

    private static boolean isAccepted(final byte[] forged, final long diskSectors) {
        try {
            final MapRecord record = MapRecordCodec.decode(ByteBuffer.wrap(forged), diskSectors);
            assertThat(hex(record)).isEqualTo(HexFormat.of().formatHex(forged));
            if (record.operation() == Operation.DATA) {
                requireInside(record, diskSectors);
            }
            return true;
        } catch (final RejectedRecordException rejected) {
            return false;
        }
    }

    /** In arbitrary precision: no overflow of ours can hide one of theirs. */
    private static void requireInside(final MapRecord record, final long diskSectors) {
        final var end = BigInteger.valueOf(record.extent().startSector())
                .add(BigInteger.valueOf(record.sectors()));
        assertThat(record.startSector()).isNotNegative();
        assertThat(end).isLessThanOrEqualTo(BigInteger.valueOf(diskSectors));
    }

    private static byte[] forged(final Random random) {
        final byte[] bytes = new byte[MapRecordCodec.RECORD_BYTES];
        bytes[0] = (byte) random.nextInt(9);
        bytes[1] = (byte) (random.nextInt(20) == 0 ? random.nextInt() : 1);
        bytes[2] = (byte) (random.nextInt(20) == 0 ? random.nextInt() : 0);
        final ByteBuffer fields = ByteBuffer.wrap(bytes);
        fields.putInt(4, (int) maybe(random)).putInt(8, (int) maybe(random)).putInt(12, (int) maybe(random));
        fields.putLong(32, maybe(random) & (random.nextInt(4) == 0 ? -1 : -512));
        fields.putLong(40, maybe(random));
        fields.putInt(48, (int) maybe(random));
        fields.putLong(56, maybe(random));
        return bytes;
    }

    /** Often 0, else of any magnitude, negative ones included. */
    private static long maybe(final Random random) {
        return random.nextInt(3) == 0 ? 0 : random.nextLong() >> random.nextInt(64);
    }

    private static Stream<String> goldenVectors() throws IOException {
        return vectors("/map-records.txt");
    }

    private static Stream<String> rejectedVectors() throws IOException {
        return vectors("/map-records-rejected.txt");
    }

    private static Stream<String> vectors(final String resource) throws IOException {
        try (var in = MapRecordCodecTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList().stream();
        }
    }

    private static MapRecord record(final String[] vector) {
        return new MapRecord(Operation.valueOf(vector[1]),
                Long.parseLong(vector[2]), Long.parseLong(vector[3]), Long.parseLong(vector[4]),
                UUID.fromString(vector[5]),
                Long.parseLong(vector[6]), Long.parseLong(vector[7]), Long.parseLong(vector[8]),
                Long.parseLong(vector[9]), Long.parseLong(vector[10]));
    }

    private static ByteBuffer bytes(final String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static String hex(final MapRecord record) {
        final ByteBuffer out = ByteBuffer.allocate(MapRecordCodec.RECORD_BYTES);
        MapRecordCodec.encode(record, out);
        return HexFormat.of().formatHex(out.array());
    }
}
