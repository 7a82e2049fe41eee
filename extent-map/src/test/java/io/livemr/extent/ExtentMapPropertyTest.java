package io.livemr.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random updates against the plainest map there is: one array entry per sector of the file. */
class ExtentMapPropertyTest {

    private static final int FILE_SECTORS = 4_000;
    private static final long UNCOVERED = -2;

    private final long[] oracle = new long[FILE_SECTORS];

    @Seeded
    void shouldEqualAnArrayAfterAnyUpdates(final Random random) {
        Arrays.fill(oracle, UNCOVERED);
        ExtentMap map = ExtentMap.EMPTY;
        for (int i = 0; i < 20_000; i++) {
            final Extent extent = randomExtent(random);
            final boolean isRemoved = random.nextInt(8) == 0;
            map = isRemoved ? map.without(extent.fileOffsetBytes(), extent.endBytes()) : map.with(extent);
            record(extent, isRemoved);
            check(map, random);
        }
        assertJoined(map.extents());
    }

    @Seeded
    void shouldBuildTheSameMapInAnyWay(final Random random) {
        final List<Extent> extents = new ArrayList<>();
        ExtentMap oneByOne = ExtentMap.EMPTY;
        for (int i = 0; i < 3_000; i++) {
            final Extent extent = random.nextInt(10) == 0
                    ? randomExtent(random)
                    : new Extent((FILE_SECTORS + 2L * i) * 512, random.nextInt(1 << 20), 512);
            extents.add(extent);
            oneByOne = oneByOne.with(extent);
        }

        final ExtentMap built = ExtentMap.of(extents);

        assertThat(built).isEqualTo(oneByOne).hasSameHashCodeAs(oneByOne);
        assertThat(built.size()).isEqualTo(built.extents().size());
        assertJoined(built.extents());
    }

    @Seeded
    void shouldFindEveryExtentOfAMapMadeInRandomOrder(final Random random) throws Exception {
        final List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            extents.add(new Extent(i * 512L, random.nextInt(1 << 30) * 2L, 512));
        }
        final ExtentMap expected = ExtentMap.of(extents);
        Collections.shuffle(extents, random);

        final ExtentMap map = ExtentMap.of(extents);

        assertThat(map).isEqualTo(expected);
        assertThat(map.covers(20_000 * 512L)).isTrue();
        for (final Extent extent : extents) {
            assertThat(map.translate(extent.fileOffsetBytes(), 512)).containsExactly(extent);
        }
    }

    private static Extent randomExtent(final Random random) {
        final int length = 1 + random.nextInt(random.nextInt(50) == 0 ? 1_000 : 8);
        final int start = random.nextInt(FILE_SECTORS - length);
        // Few different distances between file and disk, so that neighbours often continue each other.
        final long sector = random.nextInt(5) == 0 ? Extent.ZEROS : start + random.nextInt(3) * 100_000L;
        return new Extent(start * 512L, sector, length * 512L);
    }

    private void record(final Extent extent, final boolean isRemoved) {
        for (int i = 0; i < extent.lengthBytes() / 512; i++) {
            oracle[(int) (extent.fileOffsetBytes() / 512) + i] =
                    isRemoved ? UNCOVERED : extent.isZeros() ? Extent.ZEROS : extent.startSector() + i;
        }
    }

    private void check(final ExtentMap map, final Random random) {
        final int from = random.nextInt(FILE_SECTORS);
        final int to = from + 1 + random.nextInt(Math.min(40, FILE_SECTORS - from));
        final int hole = firstUncovered(from, to);
        try {
            final List<Extent> found = map.translate(from * 512L, (to - from) * 512L);
            assertThat(hole).as("uncovered sector %d translated", hole).isEqualTo(-1);
            assertThat(sectorsOf(found)).isEqualTo(Arrays.copyOfRange(oracle, from, to));
        } catch (final UncoveredRangeException thrown) {
            assertThat(thrown.uncoveredOffsetBytes()).isEqualTo(hole * 512L);
        }
        final int covered = firstUncovered(0, FILE_SECTORS);
        assertThat(map.covers(to * 512L)).isEqualTo(covered == -1 || covered >= to);
        assertThat(map.coveredBytes()).isEqualTo((covered == -1 ? FILE_SECTORS : covered) * 512L);
    }

    private int firstUncovered(final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (oracle[i] == UNCOVERED) {
                return i;
            }
        }
        return -1;
    }

    private static long[] sectorsOf(final List<Extent> extents) {
        return extents.stream().flatMapToLong(extent -> java.util.stream.LongStream
                .range(0, extent.lengthBytes() / 512)
                .map(i -> extent.isZeros() ? Extent.ZEROS : extent.startSector() + i)).toArray();
    }

    private static void assertJoined(final List<Extent> extents) {
        for (int i = 1; i < extents.size(); i++) {
            if (extents.get(i - 1).endBytes() > extents.get(i).fileOffsetBytes()
                    || extents.get(i - 1).continuesIn(extents.get(i))) {
                fail("overlapping or not joined: " + extents.get(i - 1) + " " + extents.get(i));
            }
        }
    }
}
