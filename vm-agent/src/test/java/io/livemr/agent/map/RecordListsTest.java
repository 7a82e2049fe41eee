package io.livemr.agent.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import io.livemr.extent.wire.Operation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordListsTest {

    private static final FileId FILE = new FileId(new UUID(1, 2), 12, 7);
    private static final long DISK_SECTORS = 1L << 40;

    @ParameterizedTest
    @CsvSource({"0,1", "1022,1", "1023,2", "2046,2", "2047,3", "5000,5"})      // with BEGIN and COMMIT
    void shouldFillListsOfAtMost1024Records(final int extents, final int lists) {
        final List<byte[]> sent = lists(whole(extents(extents)), 0);

        assertThat(sent).hasSize(lists);
        assertThat(sent).allMatch(list -> list.length <= 1_024 * 64 && list.length > 0);
        assertThat(sent.subList(0, lists - 1)).allMatch(list -> list.length == 1_024 * 64);
    }

    @Test
    void shouldBeginWithBeginSayEachExtentOnceAndEndWithCommit() throws Exception {
        final List<Extent> extents = extents(3_000);

        final List<MapRecord> records = records(lists(whole(extents), 0));

        assertThat(records.get(0)).isEqualTo(MapRecord.begin(FILE, 9, 0));
        assertThat(records.subList(1, 3_001)).extracting(MapRecord::extent).isEqualTo(extents);
        assertThat(records.get(3_001)).isEqualTo(MapRecord.commit(FILE, 9, 0, 777));
    }

    @Test
    void shouldNotMakeTheReceiverForgetWhenOnlyChangesAreSaid() throws Exception {
        final List<MapRecord> records =
                records(lists(new Announcement(9, false, List.of(), 777), 5));

        assertThat(records).containsExactly(MapRecord.commit(FILE, 9, 5, 777));
    }

    @Test
    void shouldCutAHoleThatIsTooLongForOneRecord() throws Exception {
        final Extent hole = Extent.zeros(0, MapRecordCodec.MAX_EXTENT_BYTES + 512);

        final List<MapRecord> records = records(lists(whole(List.of(hole)), 0));

        assertThat(records).extracting(MapRecord::operation)
                .containsExactly(Operation.BEGIN, Operation.ZEROS, Operation.ZEROS, Operation.COMMIT);
        assertThat(records.get(2).extent()).isEqualTo(Extent.zeros(MapRecordCodec.MAX_EXTENT_BYTES, 512));
    }

    @Test
    void shouldTakeAFileBackWithOneRecord() throws Exception {
        assertThat(records(List.of(RecordLists.revoke(FILE, 9, 0)))).containsExactly(MapRecord.revoke(FILE, 9, 0));
    }

    private static Announcement whole(final List<Extent> extents) {
        return new Announcement(9, true, extents, 777);
    }

    private static List<Extent> extents(final int count) {
        return LongStream.range(0, count).mapToObj(i -> new Extent(i * 512, 8 * i, 512)).toList();
    }

    private static List<byte[]> lists(final Announcement what, final long sequence) {
        final List<byte[]> sent = new ArrayList<>();
        final RecordLists lists = new RecordLists(FILE, what);
        while (lists.hasNext()) {
            sent.add(lists.next(sequence));
        }
        return sent;
    }

    private static List<MapRecord> records(final List<byte[]> lists) throws Exception {
        final List<MapRecord> records = new ArrayList<>();
        for (final byte[] list : lists) {
            final ByteBuffer bytes = ByteBuffer.wrap(list);
            while (bytes.hasRemaining()) {
                records.add(MapRecordCodec.decode(bytes, DISK_SECTORS));
            }
        }
        return records;
    }
}
