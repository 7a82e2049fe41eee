package io.livemr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A VM migrates to another host and back while its log grows and is read: right bytes, an error while it is away, all again when it is back. */
class MigrationIT {
    private static final String LOG = "/data/log";
    private static final int TRIES_WHILE_AWAY = 20;
    private static Site site;
    private static SecondHost elsewhere;

    @BeforeAll
    static void up() throws IOException {
        site = Site.up(LabSpec.of(1));
        elsewhere = SecondHost.up();
    }

    @AfterAll
    static void down() {
        if (elsewhere != null) {
            elsewhere.close();
        }
        if (site != null) {
            site.close();
        }
    }

    @Test
    void shouldReadRightBytesOrNoneWhileTheVmMovesAwayAndComesBack() throws Exception {
        final LabVm vm = site.vm("vm1");
        final NumberedLog log = NumberedLog.create(vm, LOG);
        final Path composed = site.compose(vm, LOG);
        site.composeIntoHdfs(vm, LOG, "/log");
        log.start();

        final AtomicBoolean done = new AtomicBoolean();
        final AtomicLong seenBytes = new AtomicLong();
        final ExecutorService thread = Executors.newSingleThreadExecutor();
        final Future<Void> reader = thread.submit(reader(composed, done, seenBytes));
        try {
            awaitSeen(100_000, seenBytes, reader);
            elsewhere.takes(vm);
            shouldBeRefusedWhileAway(composed);
            final long beforeBytes = seenBytes.get();
            elsewhere.givesBack(vm);
            awaitSeen(beforeBytes + 100_000, seenBytes, reader);
        } finally {
            done.set(true);
            thread.shutdown();
        }
        reader.get();
        log.stop();
        shouldBeAllThere(vm, composed);
    }

    /** A reader that has ended has met a wrong byte. */
    private static void awaitSeen(final long lengthBytes, final AtomicLong seenBytes, final Future<Void> reader) throws Exception {
        await("lengthBytes=" + lengthBytes).atMost(Site.LIMIT).until(() -> seenBytes.get() > lengthBytes || reader.isDone());
        if (reader.isDone()) {
            reader.get();
        }
    }

    private static void shouldBeRefusedWhileAway(final Path composed) {
        site.awaitState(composed.getFileName().toString(), "STALE");
        for (int i = 0; i < TRIES_WHILE_AWAY; i++) {
            assertThatIOException().as("the VM writes on another host").isThrownBy(() -> Files.readAllBytes(composed));
        }
    }

    private static void shouldBeAllThere(final LabVm vm, final Path composed) {
        final String truth = Sha256.inGuest(vm, LOG);
        await().atMost(Site.LIMIT).ignoreExceptions().untilAsserted(() -> {
            assertThat(Sha256.of(composed)).isEqualTo(truth);
            assertThat(Sha256.throughHdfs(site, "/log")).isEqualTo(truth);
        });
    }

    private static Callable<Void> reader(final Path composed, final AtomicBoolean done, final AtomicLong seenBytes) {
        return () -> {
            for (final Pace pace = new Pace(); !done.get(); pace.rest()) {
                seenBytes.set(Math.max(seenBytes.get(), readOnce(composed)));
            }
            return null;
        };
    }

    /** An error is allowed here, a wrong byte is not. */
    private static long readOnce(final Path composed) {
        try {
            final byte[] read = Files.readAllBytes(composed);
            NumberedLog.requirePrefix(read);
            return read.length;
        } catch (final IOException refused) {
            return 0;
        }
    }
}
