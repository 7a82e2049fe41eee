package io.livemr.system.failpoint;

import static org.awaitility.Awaitility.await;

import io.livemr.failpoint.FailPoint;
import io.livemr.failpoint.FailPoints;
import io.livemr.failpoint.Program;
import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.GuestCommand;
import io.livemr.system.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A point at which whoever passes it stands, from {@link #hold} to {@link #letGo}: a file holds it, and a line in the program's log says that somebody is there. */
abstract class HeldPoint {
    private static final Duration REACHED_LIMIT = Duration.ofMinutes(2);
    private static final String LONGER_THAN_ANY_START = "300000ms";
    private static final String GUEST_FOLDER = "/run/livemr/points";
    private static final String GUEST_SETTINGS = "/etc/default/livemr-agent";

    final FailPoint point;

    HeldPoint(final FailPoint point) {
        this.point = point;
    }

    abstract void hold() throws IOException;

    abstract boolean isReached() throws IOException;

    /** Once more does nothing. */
    abstract void letGo() throws IOException;

    /** Arms every point there is; whose file is not there is passed as ever. */
    static String setting(final String folder) {
        return Arrays.stream(FailPoint.values()).map(point -> point.title() + "=hold:" + LONGER_THAN_ANY_START).collect(Collectors.joining(";"))
            + ";while=" + folder + "/{point}";
    }

    /** The agent starts over with all of its points armed. */
    static void armGuest(final LabVm vm) throws IOException {
        vm.run(GuestCommand.of("mkdir -p /etc/default; cat > " + GUEST_SETTINGS + "; sync")
            .stdin(FailPoints.VARIABLE + "='" + setting(GUEST_FOLDER) + "'\n")).orThrow();
        Victim.AGENT.kill(null, vm).await();
    }

    static HeldPoint of(final FailPoint point, final Site site, final LabVm vm, final Path folder) {
        return point.program() == Program.AGENT ? new InGuest(point, vm)
            : new OnHost(point, folder, site.stack().process(point.program().name().toLowerCase(Locale.ROOT)).logFile());
    }

    /** @param client does what has the point passed, and may be content a moment before it is. */
    void awaitReached(final CompletableFuture<Void> client) throws IOException {
        await(point.title() + " passed").atMost(REACHED_LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> isReached() || client.isCompletedExceptionally());
        if (client.isCompletedExceptionally()) {
            client.join();
        }
    }

    String line() {
        return "fail point " + point.title() + " hold";
    }

    /** Of a program that {@code Stack} runs. */
    private static final class OnHost extends HeldPoint {
        private final Path file;
        private final Path log;
        private LogEnd end;

        OnHost(final FailPoint point, final Path folder, final Path log) {
            super(point);
            this.file = folder.resolve(point.title());
            this.log = log;
        }

        @Override
        void hold() throws IOException {
            end = LogEnd.of(log);
            Files.createFile(file);
        }

        @Override
        boolean isReached() throws IOException {
            return end.isFollowedBy(line());
        }

        @Override
        void letGo() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /** Of the agent. */
    private static final class InGuest extends HeldPoint {
        private final LabVm vm;
        private final String file;
        private GuestLogEnd end;

        InGuest(final FailPoint point, final LabVm vm) {
            super(point);
            this.vm = vm;
            this.file = GUEST_FOLDER + "/" + point.title();
        }

        @Override
        void hold() {
            end = GuestLogEnd.of(vm);
            Repeated.exec(vm, "mkdir -p " + GUEST_FOLDER + "; touch " + file);
        }

        @Override
        boolean isReached() {
            return end.isFollowedBy(line());
        }

        /** Where QEMU was killed nobody stands there, and the file was in memory. */
        @Override
        void letGo() {
            if (vm.isRunning()) {
                Repeated.exec(vm, "rm -f " + file);
            }
        }
    }
}
