package io.livemr.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtentMapTest {

    private static final long MAX_SECTORS = Long.MAX_VALUE / 512 * 512;

    @Test
    void shouldJoinExtentsThatContinueInTheFileAndOnTheDisk() {
        final ExtentMap map = ExtentMap.EMPTY.with(extent(0, 8, 512)).with(extent(512, 9, 1024));

        assertThat(map.extents()).containsExactly(extent(0, 8, 1536));
    }

    @Test
    void shouldJoinZeros() {
        final ExtentMap map = ExtentMap.EMPTY.with(Extent.zeros(512, 512)).with(Extent.zeros(0, 512));

        assertThat(map.extents()).containsExactly(Extent.zeros(0, 1024));
    }

    @Test
    void shouldKeepExtentsApartThatContinueInTheFileOnly() {
        final ExtentMap map = ExtentMap.of(List.of(extent(0, 8, 512), extent(512, 10, 512), Extent.zeros(1024, 512)));

        assertThat(map.size()).isEqualTo(3);
    }

    @Test
    void shouldReplaceTheMiddleOfAnExtent() {
        final ExtentMap map = ExtentMap.EMPTY.with(extent(0, 100, 4096)).with(Extent.zeros(1024, 512));

        assertThat(map.extents())
                .containsExactly(extent(0, 100, 1024), Extent.zeros(1024, 512), extent(1536, 103, 2560));
    }

    @Test
    void shouldClipToTheRange() throws Exception {
        final ExtentMap map = ExtentMap.EMPTY.with(extent(0, 100, 4096));

        assertThat(map.translate(1024, 512)).containsExactly(extent(1024, 102, 512));
    }

    @Test
    void shouldWidenARangeInsideASectorToTheSector() throws Exception {
        final ExtentMap map = ExtentMap.EMPTY.with(extent(0, 100, 4096));

        assertThat(map.translate(1000, 30)).containsExactly(extent(512, 101, 1024));
    }

    @Test
    void shouldTranslateToTheByte() throws Exception {
        final ExtentMap map = ExtentMap.of(List.of(extent(0, 100, 512), Extent.zeros(512, 512)));

        assertThat(map.translateBytes(510, 5))
                .containsExactly(new DiskRange(510, 100 * 512 + 510, 2), new DiskRange(512, Extent.ZEROS, 3));
    }

    @ParameterizedTest
    @CsvSource({"0,513,512", "512,1,512", "1023,2,1023", "2048,1,2048", "9223372036854775806,1,9223372036854775806"})
    void shouldNameTheFirstUncoveredByte(final long offset, final long length, final long uncovered) {
        final ExtentMap map = ExtentMap.of(List.of(extent(0, 1, 512), extent(1024, 9, 1024)));

        final var thrown = catchThrowableOfType(
                UncoveredRangeException.class, () -> map.translate(offset, length));

        assertThat(thrown.uncoveredOffsetBytes()).isEqualTo(uncovered);
        assertThatThrownBy(() -> map.translateBytes(offset, length)).isInstanceOf(UncoveredRangeException.class);
    }

    @Test
    void shouldTranslateNothingToNothing() throws Exception {
        assertThat(ExtentMap.EMPTY.translate(4096, 0)).isEmpty();
    }

    @Test
    void shouldHoldTheLastSectorThatALongCanName() throws Exception {
        final Extent last = new Extent(MAX_SECTORS - 512, 0, 512);

        assertThat(ExtentMap.EMPTY.with(last).translate(MAX_SECTORS - 1, 1)).containsExactly(last);
    }

    @Test
    void shouldCoverUpToTheFirstGap() {
        final ExtentMap map = ExtentMap.of(List.of(extent(0, 1, 512), Extent.zeros(512, 512), extent(2048, 9, 512)));

        assertThat(map.covers(0)).isTrue();
        assertThat(map.covers(1024)).isTrue();
        assertThat(map.covers(1025)).isFalse();
        assertThat(ExtentMap.EMPTY.covers(0)).isTrue();
    }

    @Test
    void shouldUncoverTheMiddleOfAnExtent() {
        final ExtentMap map = ExtentMap.EMPTY.with(extent(0, 100, 4096)).without(1024, 1536);

        assertThat(map.extents()).containsExactly(extent(0, 100, 1024), extent(1536, 103, 2560));
        assertThat(map.coveredBytes()).isEqualTo(1024);
    }

    @Test
    void shouldBeEmptyWhenAllOfItIsUncovered() {
        final ExtentMap map = ExtentMap.EMPTY.with(extent(512, 100, 4096)).without(0, 8192);

        assertThat(map).isEqualTo(ExtentMap.EMPTY).isEqualTo(map.without(0, 512));
        assertThat(map.with(extent(0, 7, 512)).extents()).containsExactly(extent(0, 7, 512));
    }

    @Test
    void shouldLeaveTheOlderMapAsItWas() throws Exception {
        final ExtentMap older = ExtentMap.EMPTY.with(extent(0, 1, 512));
        final ExtentMap newer = older.with(extent(0, 77, 1024));

        assertThat(older.translate(0, 512)).containsExactly(extent(0, 1, 512));
        assertThat(newer.translate(0, 512)).containsExactly(extent(0, 77, 512));
    }

    @ParameterizedTest
    @CsvSource({"1,0,512", "0,0,511", "0,0,0", "-512,0,512", "0,-2,512",
        "9223372036854775296,0,512", "0,18014398509481984,512", "0,18014398509481983,512"})
    void shouldRefuseWhatIsNoExtent(final long offset, final long sector, final long length) {
        assertThatThrownBy(() -> new Extent(offset, sector, length)).isInstanceOf(IllegalArgumentException.class);
    }

    static Extent extent(final long fileOffsetBytes, final long startSector, final long lengthBytes) {
        return new Extent(fileOffsetBytes, startSector, lengthBytes);
    }
}
