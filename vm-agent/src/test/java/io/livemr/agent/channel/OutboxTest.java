package io.livemr.agent.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final int LIMIT = 3;

    private final Outbox outbox = new Outbox(LIMIT, new LeaseClock(System::nanoTime));

    /** Nobody writes to a port here, as where the host does not read. */
    @Test
    void shouldEndTheSessionOfALineThatFindsNoRoomForALease() {
        final Session session = new Session(outbox, 1, 50);
        for (int line = 1; line <= LIMIT; line++) {
            assertThat(session.send(Lines.of("pending"))).isEqualTo(line);
        }

        assertThat(session.send(Lines.of("pending"))).isZero();

        assertThat(session.isOpen()).isFalse();
        assertThat(outbox.length()).isEqualTo(LIMIT);
        assertThat(session.send(Lines.of("pending"))).isZero();
    }

    @Test
    void shouldTakeALineForWhichThereIsRoomWithinTheLease() throws Exception {
        final Session before = new Session(outbox, 1, 50);
        for (int line = 1; line <= LIMIT; line++) {
            before.send(Lines.of("pending"));
        }
        before.drop();
        final Session session = new Session(outbox, 2, TimeUnit.MINUTES.toMillis(5));
        final CompletableFuture<Long> sent = CompletableFuture.supplyAsync(() -> session.send(Lines.of("pending")));

        final Thread writer = new Thread(outbox);
        writer.start();

        assertThat(sent.get(1, TimeUnit.MINUTES)).isEqualTo(1);
        assertThat(session.isOpen()).isTrue();
        writer.interrupt();
        writer.join();
    }
}
