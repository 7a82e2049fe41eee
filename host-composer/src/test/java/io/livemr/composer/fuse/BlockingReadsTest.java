package io.livemr.composer.fuse;

import static io.livemr.composer.fuse.BlockingReads.Admission.DEFERRED;
import static io.livemr.composer.fuse.BlockingReads.Admission.FULL;
import static io.livemr.composer.fuse.BlockingReads.Admission.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockingReadsTest {

    private final BlockingReads reads = new BlockingReads(6, 2);

    private BlockingReads.Admission enter(final String file, final long unique) {
        return reads.enter(file, Requests.read(unique, 1, 0, 10));
    }

    @Test
    void shouldGiveOneFileHalfOfTheSlotsAndKeepRoomForOthers() {
        assertThat(enter("a", 1)).isEqualTo(RUN);
        assertThat(enter("a", 2)).isEqualTo(RUN);
        assertThat(enter("a", 3)).isEqualTo(RUN);
        assertThat(enter("a", 4)).isEqualTo(DEFERRED);
        assertThat(enter("b", 5)).isEqualTo(RUN);
        assertThat(enter("c", 6)).isEqualTo(RUN);
    }

    @Test
    void shouldPutAsideUpToTheLimit() {
        for (int unique = 1; unique <= 5; unique++) {
            enter("a", unique);
        }

        assertThat(enter("a", 6)).isEqualTo(FULL);
        assertThat(reads.deferredCount()).isEqualTo(2);
    }

    @Test
    void shouldHandOverTheOldestThatMayRun() {
        for (int unique = 1; unique <= 5; unique++) {
            enter("a", unique);
        }

        final BlockingReads.Deferred next = reads.leave("a", 2);

        assertThat(next.unique()).isEqualTo(4);
        assertThat(next.request()).hasSize(FuseRequest.HEADER_BYTES + 40);
        assertThat(reads.isRunning(4)).isTrue();
        assertThat(reads.isRunning(2)).isFalse();
    }

    @Test
    void shouldTakeOutOneReadOnlyOnce() {
        for (int unique = 1; unique <= 4; unique++) {
            enter("a", unique);
        }

        assertThat(reads.removeDeferred(4)).isTrue();
        assertThat(reads.removeDeferred(4)).isFalse();
        assertThat(reads.removeDeferred(1)).isFalse();
    }

    @Test
    void shouldTakeOutWhatIsTooOld() {
        for (int unique = 1; unique <= 5; unique++) {
            enter("a", unique);
        }

        assertThat(reads.removeOlderThan(System.nanoTime() - 60_000_000_000L)).isEmpty();
        assertThat(reads.removeOlderThan(System.nanoTime() + 1)).extracting(BlockingReads.Deferred::unique).containsExactly(4L, 5L);
    }
}
