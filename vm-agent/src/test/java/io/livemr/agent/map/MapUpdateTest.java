package io.livemr.agent.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.extent.Extent;
import io.livemr.extent.ExtentMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MapUpdateTest {

    private static final ExtentMap ANNOUNCED =
            ExtentMap.of(List.of(new Extent(0, 100, 1_024), Extent.zeros(1_024, 1_024), new Extent(2_048, 200, 512)));

    @Test
    void shouldSayNothingWhenOnlyTheLastSectorFilledUp() {
        final MapUpdate update = MapUpdate.between(ANNOUNCED,
                new FileSnapshot(2_048, 2_500, List.of(new Extent(2_048, 200, 512))));

        assertThat(update).isEqualTo(new MapUpdate(List.of(), false));
    }

    @Test
    void shouldSayOnlyTheNewSectorsOfAnExtentThatGrew() {
        final MapUpdate update = MapUpdate.between(ANNOUNCED,
                new FileSnapshot(2_048, 4_000, List.of(new Extent(2_048, 200, 2_048))));

        assertThat(update).isEqualTo(new MapUpdate(List.of(new Extent(2_560, 201, 1_536)), false));
    }

    @Test
    void shouldSayThatZerosBecameDataWithoutAlarm() {
        final MapUpdate update = MapUpdate.between(ANNOUNCED, new FileSnapshot(1_024, 2_560,
                List.of(new Extent(1_024, 300, 512), Extent.zeros(1_536, 512), new Extent(2_048, 200, 512))));

        assertThat(update).isEqualTo(new MapUpdate(List.of(new Extent(1_024, 300, 512)), false));
    }

    @Test
    void shouldRaiseTheAlarmWhenDataMovedVanishedOrShrank() {
        assertThat(MapUpdate.between(ANNOUNCED, new FileSnapshot(2_048, 2_560, List.of(new Extent(2_048, 900, 512)))).moved()).isTrue();
        assertThat(MapUpdate.between(ANNOUNCED, new FileSnapshot(2_048, 2_560, List.of(Extent.zeros(2_048, 512)))).moved()).isTrue();
        assertThat(MapUpdate.between(ANNOUNCED, new FileSnapshot(0, 512, List.of(new Extent(0, 100, 512)))).moved()).isTrue();
    }

    /** Oracle: one array cell per sector. */
    @Test
    void shouldTurnTheAnnouncedMapIntoTheSnapshotWhateverTheyAre() {
        final long seed = seed();
        final Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            final long[] before = sectors(random, null);
            final long[] after = sectors(random, before);
            final ExtentMap announced = ExtentMap.of(extents(before));

            final MapUpdate update = MapUpdate.between(announced,
                    new FileSnapshot(0, after.length * 512L, extents(after)));

            final long[] result = Arrays.copyOf(before, after.length);
            Arrays.fill(result, Math.min(before.length, after.length), after.length, Long.MIN_VALUE);
            for (final Extent extent : update.changed()) {
                for (long s = 0; s < extent.lengthBytes() / 512; s++) {
                    result[(int) (extent.fileOffsetBytes() / 512 + s)] = extent.isZeros() ? -1 : extent.startSector() + s;
                }
            }
            assertThat(result).as("replay: -Dseed=%d round=%d", seed, round).isEqualTo(after);
            assertThat(update.moved()).as("replay: -Dseed=%d round=%d", seed, round).isEqualTo(moved(before, after));
        }
    }

    private static boolean moved(final long[] before, final long[] after) {
        for (int i = 0; i < before.length; i++) {
            if (i >= after.length || before[i] != -1 && before[i] != after[i]) {
                return true;
            }
        }
        return false;
    }

    private static long[] sectors(final Random random, final long[] like) {
        final int keep = like == null ? 0 : random.nextInt(like.length + 1);
        final long[] sectors = new long[Math.max(1, keep) + random.nextInt(20)];
        for (int i = 0; i < sectors.length; i++) {
            final boolean goesOn = i > 0 && random.nextInt(3) > 0;
            sectors[i] = i < keep ? like[i] : goesOn ? (sectors[i - 1] == -1 ? -1 : sectors[i - 1] + 1)
                    : random.nextBoolean() ? -1 : random.nextInt(1_000);
        }
        return sectors;
    }

    private static List<Extent> extents(final long[] sectors) {
        final List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < sectors.length; i++) {
            extents.add(new Extent(i * 512L, sectors[i], 512));
        }
        return ExtentMap.of(extents).extents();
    }

    private static long seed() {
        final String given = System.getProperty("seed", "");
        return given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
    }
}
