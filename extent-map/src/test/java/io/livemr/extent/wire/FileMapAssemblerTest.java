package io.livemr.extent.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FileMapAssemblerTest {

    private static final FileId FILE = new FileId(new UUID(1, 2), 12, 34);

    private final FileMapAssembler assembler = new FileMapAssembler(3);

    @Test
    void shouldShowNothingBeforeACommit() throws Exception {
        begin();
        data(0, 8, 512);

        assertThat(assembler.committed()).isEmpty();
    }

    @Test
    void shouldShowAFileAsOfItsCommit() throws Exception {
        begin();
        data(0, 8, 512);
        zeros(512, 512);
        commit(700);
        data(1024, 99, 512);

        assertThat(assembler.committed()).hasValueSatisfying(map -> {
            assertThat(map.lengthBytes()).isEqualTo(700);
            assertThat(map.extents().extents())
                    .containsExactly(new Extent(0, 8, 512), Extent.zeros(512, 512));
        });
    }

    @Test
    void shouldGrowAFile() throws Exception {
        begin();
        data(0, 8, 512);
        commit(512);
        data(512, 9, 512);
        commit(600);

        assertThat(assembler.committed()).map(CommittedMap::lengthBytes).contains(600L);
    }

    @Test
    void shouldAcceptAnEmptyFile() throws Exception {
        begin();
        commit(0);

        assertThat(assembler.committed()).map(CommittedMap::lengthBytes).contains(0L);
    }

    @Test
    void shouldForgetEverythingAtABegin() throws Exception {
        begin();
        data(0, 8, 512);
        commit(512);
        begin();

        assertThat(assembler.committed()).isEmpty();
        assertRejected(Reason.UNCOVERED, () -> commit(512));
    }

    @Test
    void shouldLetABeginShortenTheFile() throws Exception {
        begin();
        zeros(0, 1024);
        commit(1024);
        begin();
        zeros(0, 512);
        commit(1);

        assertThat(assembler.committed()).map(CommittedMap::lengthBytes).contains(1L);
    }

    @Test
    void shouldForgetEverythingAtARevoke() throws Exception {
        begin();
        data(0, 8, 512);
        commit(512);
        assembler.accept(MapRecord.revoke(FILE, 1, 1));

        assertThat(assembler.committed()).isEmpty();
        assertRejected(Reason.UNCOVERED, () -> commit(512));
    }

    @Test
    void shouldRejectAGap() throws Exception {
        begin();
        data(0, 8, 512);
        data(1024, 9, 512);

        assertRejected(Reason.UNCOVERED, () -> commit(1536));
    }

    @Test
    void shouldRejectACommitThatShortensTheFile() throws Exception {
        begin();
        zeros(0, 1024);
        commit(1000);

        assertRejected(Reason.SHRUNK, () -> commit(999));
    }

    @Test
    void shouldRejectTooManyExtents() throws Exception {
        begin();
        data(0, 8, 512);
        data(1024, 8, 512);
        data(2048, 8, 512);

        assertRejected(Reason.TOO_MANY_EXTENTS, () -> data(4096, 8, 512));
    }

    /** Else the extent that the lost record meant to replace would be committed again. */
    @Test
    void shouldServeNothingBetweenARejectionAndTheNextBegin() throws Exception {
        begin();
        data(0, 8, 512);
        commit(512);
        assembler.reject(new RejectedRecordException(Reason.BEYOND_DISK, "startSector=9"));

        assertThat(assembler.committed()).isEmpty();
        assertRejected(Reason.BEYOND_DISK, () -> data(0, 8, 512));
        assertRejected(Reason.BEYOND_DISK, () -> commit(512));
        begin();
        data(0, 8, 512);
        commit(512);
        assertThat(assembler.committed()).isPresent();
    }

    @Test
    void shouldExtendAFileToItsFirstGapAndPastItOnceItIsFilled() throws Exception {
        begin();
        commit(0);
        written(1024, 99, 512, 1_500);
        extend(1_500);
        assertLength(0);
        written(0, 8, 1024, 1_500);

        extend(1_500);

        assertLength(1_500);
        assertThat(assembler.committed().orElseThrow().extents().extents())
                .containsExactly(new Extent(0, 8, 1024), new Extent(1024, 99, 512));
    }

    @Test
    void shouldCoverNothingFromTheLengthAsOfTheWriteOn() throws Exception {
        begin();
        commit(0);
        written(0, 8, 2048, 700);
        written(2048, 99, 512, 2_560);

        extend(2_560);

        assertLength(700);
        assertRejected(Reason.UNCOVERED, () -> commit(701));
    }

    @Test
    void shouldCoverTheRestOfASectorWithTheWriteThatFillsIt() throws Exception {
        begin();
        commit(0);
        written(0, 8, 512, 100);
        written(0, 8, 1024, 1_000);

        extend(1_000);

        assertLength(1_000);
    }

    @Test
    void shouldNeverGrowPastTheLengthOfTheExtend() throws Exception {
        begin();
        commit(0);
        data(0, 8, 1024);

        extend(600);

        assertLength(600);
    }

    @Test
    void shouldNotShortenAFileByAnExtendThatWasOvertaken() throws Exception {
        begin();
        zeros(0, 1024);
        commit(1000);

        extend(400);

        assertLength(1000);
    }

    /** Else a file would look truncated while it is announced. */
    @Test
    void shouldNotExtendWhatIsBeingAnnounced() throws Exception {
        begin();
        data(0, 8, 512);
        extend(512);

        assertThat(assembler.committed()).isEmpty();
        commit(512);
        assertLength(512);
    }

    @Test
    void shouldIgnoreWritesThatAreToldOfBetweenARevokeAndTheNextBegin() throws Exception {
        begin();
        data(0, 8, 512);
        commit(512);
        assembler.accept(MapRecord.revoke(FILE, 1, 1));
        written(0, 8, 512, 512);
        extend(512);

        assertThat(assembler.committed()).isEmpty();
        begin();
        assertRejected(Reason.UNCOVERED, () -> commit(512));
    }

    @Test
    void shouldRejectAnExtendOfAFileThatLostBytesItHad() throws Exception {
        begin();
        data(0, 8, 1024);
        commit(1024);
        written(0, 8, 1024, 512);

        assertRejected(Reason.SHRUNK, () -> extend(2_000));
    }

    @Test
    void shouldCountSectorsThatAreCoveredInPart() throws Exception {
        begin();
        written(0, 8, 512, 100);

        assertRejected(Reason.TOO_MANY_EXTENTS, () -> written(1024, 8, 512, 1_100));
    }

    private void begin() throws RejectedRecordException {
        assembler.accept(MapRecord.begin(FILE, 1, 1));
    }

    private void data(final long offset, final long sector, final long length) throws RejectedRecordException {
        assembler.accept(MapRecord.extent(FILE, 1, 1, new Extent(offset, sector, length)));
    }

    private void zeros(final long offset, final long length) throws RejectedRecordException {
        assembler.accept(MapRecord.extent(FILE, 1, 1, Extent.zeros(offset, length)));
    }

    private void written(final long offset, final long sector, final long length, final long fileLength)
            throws RejectedRecordException {
        assembler.accept(MapRecord.extent(FILE, 1, 1, new Extent(offset, sector, length)).withLength(fileLength));
    }

    private void extend(final long length) throws RejectedRecordException {
        assembler.accept(MapRecord.extend(FILE, 1, 1, length));
    }

    private void assertLength(final long length) {
        assertThat(assembler.committed()).map(CommittedMap::lengthBytes).contains(length);
    }

    private void commit(final long length) throws RejectedRecordException {
        assembler.accept(MapRecord.commit(FILE, 1, 1, length));
    }

    private void assertRejected(final Reason reason, final ThrowingCallable record) {
        assertThatThrownBy(record).isInstanceOfSatisfying(
                RejectedRecordException.class, thrown -> assertThat(thrown.reason()).isEqualTo(reason));
        assertThat(assembler.committed()).isEmpty();
    }
}
