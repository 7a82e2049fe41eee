package io.livemr.composer.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.composer.file.ReadRefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FuseDispatcherTest {

    private static final int ROUNDS = 200_000;

    private final Random random = Seeds.random();
    private final MemoryFiles files = new MemoryFiles(random);
    private final MemoryFile file = files.add(100_000);
    private final AtomicInteger mistakes = new AtomicInteger();
    private final FuseReply reply = new FuseReply(256);
    private final FuseDispatcher dispatcher =
        new FuseDispatcher(files, FuseSettings.defaults().withLimits(1_000, 100), new FuseMetrics() {
            @Override
            public void requestFailed(final String operation) {
                mistakes.incrementAndGet();
            }
        });

    private ByteBuffer answer(final FuseRequest request) {
        dispatcher.answer(request, reply);
        final ByteBuffer bytes = reply.bytes();
        return bytes.slice(bytes.position(), bytes.remaining()).order(ByteOrder.nativeOrder());
    }

    private long lookUp(final long parent, final String name) {
        return answer(Requests.lookup(parent, name)).getLong(16);
    }

    private long open(final long nodeId) {
        return answer(Requests.open(nodeId, 0)).getLong(16);
    }

    @Test
    void shouldRepeatTheNumberOfTheRequest() {
        final ByteBuffer answer = answer(Requests.lookup(1, "nothing"));

        assertThat(answer.getInt(0)).isEqualTo(16);
        assertThat(answer.getInt(4)).isEqualTo(-Errno.ENOENT);
        assertThat(answer.getLong(8)).isEqualTo(2);
    }

    @Test
    void shouldAgreeOnRequestsOfOneMebibyte() {
        final ByteBuffer answer = answer(Requests.of(26, 1, 0,
            Requests.body(64).putInt(7).putInt(45).putInt(131_072).putInt(-1).array()));

        assertThat(answer.getInt(0)).isEqualTo(16 + 64);
        assertThat(answer.getInt(16)).isEqualTo(7);
        assertThat(answer.getInt(16 + 12) & 1 << 22).isNotZero();
        assertThat(answer.getShort(16 + 28)).isEqualTo((short) 256);
    }

    @Test
    void shouldReadBehindTheHeader() {
        final long handle = open(lookUp(1, file.name()));

        final ByteBuffer answer = answer(Requests.read(10, handle, 99_990, 4_096));

        assertThat(answer.getInt(0)).isEqualTo(16 + 10);
        assertThat(answer.slice(16, 10)).isEqualTo(ByteBuffer.wrap(file.bytes(), 99_990, 10));
    }

    @Test
    void shouldRefuseAReadThatWouldFillThePageCache() {
        final long handle = open(lookUp(1, file.name()));

        final ByteBuffer answer = answer(Requests.of(15, 10, 3, Requests.body(40).putLong(handle).putLong(0).putInt(4_096).putInt(0).array()));

        assertThat(answer.getInt(4)).isEqualTo(-Errno.EIO);
    }

    @Test
    void shouldReadNothingPastTheEndWhateverTheOffset() {
        final long at = lookUp(lookUp(1, ".at"), "100000");
        final long handle = open(lookUp(at, file.name()));

        for (final long offset : new long[] {0, 1, Long.MAX_VALUE, Long.MAX_VALUE - 99_999, -1, Long.MIN_VALUE}) {
            assertThat(answer(Requests.read(10, handle, offset, 4_096)).getInt(0)).as("offset=%d", offset).isEqualTo(16);
        }
    }

    @Test
    void shouldSendNoBodyWithARefusal() {
        final long handle = open(lookUp(1, file.name()));
        file.refuse(ReadRefusedException.Errno.EACCES);

        final ByteBuffer answer = answer(Requests.read(10, handle, 0, 4_096));

        assertThat(answer.getInt(0)).isEqualTo(16);
        assertThat(answer.getInt(4)).isEqualTo(-Errno.EACCES);
    }

    @Test
    void shouldForgetNodesInBatches() {
        final long node = lookUp(1, file.name());
        assertThat(dispatcher.nodes()).isEqualTo(3);

        answer(Requests.of(42, 1, 0, Requests.body(8 + 32).putInt(2).putInt(0).putLong(node).putLong(1).putLong(77).putLong(1).array()));

        assertThat(dispatcher.nodes()).isEqualTo(2);
    }

    @Test
    void shouldBoundOpenFiles() {
        final long node = lookUp(1, file.name());
        for (int i = 0; i < 100; i++) {
            open(node);
        }

        assertThat(answer(Requests.open(node, 0)).getInt(4)).isEqualTo(-Errno.ENFILE);
        answer(Requests.of(18, 1, node, Requests.body(24).putLong(1).array()));
        assertThat(answer(Requests.open(node, 0)).getInt(4)).isZero();
    }

    @Test
    void shouldSayThatItDoesNotKnowAnOpcode() {
        for (final int opcode : new int[] {0, 5, 19, 25, 46, 63, 64, 4_096, -1}) {
            assertThat(answer(Requests.of(opcode, 1, 1, new byte[0])).getInt(4)).as("opcode=%d", opcode).isEqualTo(-Errno.ENOSYS);
        }
    }

    @Test
    void shouldAnswerAnythingWithoutAMistakeOfItsOwn() {
        for (int round = 0; round < ROUNDS; round++) {
            final byte[] body = new byte[random.nextInt(80)];
            random.nextBytes(body);
            makeSomeFieldsPlausible(body);
            final FuseRequest request = Requests.of(random.nextInt(54), round, random.nextInt(8), body);
            dispatcher.blockingFile(request);

            final ByteBuffer answer = answer(request);

            assertThat(answer.getInt(0)).as("round=%d", round).isEqualTo(answer.remaining()).isGreaterThanOrEqualTo(16);
            assertThat(answer.getInt(4)).as("round=%d", round).isBetween(-200, 0);
        }
        assertThat(mistakes).hasValue(0);
        assertThat(dispatcher.nodes()).isLessThanOrEqualTo(1_000);
    }

    /** Small numbers are handles, sizes and counts that exist; names that exist get past the first check. */
    private void makeSomeFieldsPlausible(final byte[] body) {
        for (int i = 0; i + 8 <= body.length; i += 8) {
            if (random.nextBoolean()) {
                ByteBuffer.wrap(body).order(ByteOrder.nativeOrder()).putLong(i, random.nextInt(200));
            }
        }
        final String[] names = {file.name(), ".at", "17", "99999999"};
        final byte[] name = (names[random.nextInt(names.length)] + "\0").getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(3) == 0 && name.length <= body.length) {
            System.arraycopy(name, 0, body, 0, name.length);
        }
    }

    @Test
    void shouldNotTakePartOfARequestForAWholeOne() {
        final FuseRequest request = new FuseRequest();
        request.bytes().putInt(0, 56);

        assertThat(request.received(39)).isFalse();
        assertThat(request.received(55)).isFalse();
        assertThat(request.received(56)).isTrue();
    }
}
