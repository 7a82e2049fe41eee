package io.livemr.composer.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.composer.Rig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamTest {

    private static final int LIMIT = 4;

    @TempDir
    private Path folder;
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch reads = new CountDownLatch(1);
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private Rig rig;
    private EventStream stream;
    private Thread thread;

    @BeforeEach
    void listen() throws Exception {
        rig = new Rig(folder);
        stream = new EventStream(new SlowClient(), rig.files, rig.metrics, LIMIT);
        thread = new Thread(stream);
        thread.start();
        stream.grew("livemr_0", 0);
        assertThat(writing.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        reads.countDown();
        stream.end();
        thread.join();
        rig.close();
    }

    /** Takes nothing until it reads. */
    private final class SlowClient extends OutputStream {

        @Override
        public void write(final int one) {
            heard.write(one);
        }

        @Override
        public void write(final byte[] bytes) throws IOException {
            writing.countDown();
            try {
                reads.await(1, TimeUnit.MINUTES);
            } catch (final InterruptedException e) {
                throw new IOException(e);
            }
            heard.write(bytes);
        }
    }

    private void grow(final int times) {
        for (int i = 1; i <= times; i++) {
            stream.grew("livemr_" + i, i);
        }
    }

    @Test
    void shouldTellASlowClientAllThatCanWait() throws Exception {
        grow(LIMIT);
        reads.countDown();
        org.awaitility.Awaitility.await().until(() -> heard.toString(StandardCharsets.UTF_8).contains("livemr_" + LIMIT));

        assertThat(heard.toString(StandardCharsets.UTF_8).split("event: grew", -1)).hasSize(LIMIT + 2);
        assertThat(thread.isAlive()).isTrue();
        assertThat(rig.count("livemr.event.clients.dropped")).isZero();
    }

    @Test
    void shouldHangUpOnAClientForWhichMoreWouldWait() throws Exception {
        grow(LIMIT + 3);
        reads.countDown();
        thread.join(TimeUnit.MINUTES.toMillis(1));

        assertThat(thread.isAlive()).isFalse();
        assertThat(rig.count("livemr.event.clients.dropped")).isEqualTo(1);
    }
}
