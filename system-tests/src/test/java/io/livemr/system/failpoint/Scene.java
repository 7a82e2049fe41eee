package io.livemr.system.failpoint;

import io.livemr.failpoint.FailPoints;
import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import io.livemr.system.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** One host with one VM, every program of which has every point armed, and a file that is read all the time. Plays one cell after the other. */
final class Scene implements AutoCloseable {
    private final Path points;
    private final Site site;
    private final LabVm vm;
    private final StandingFile standing;
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private int played;

    /** @param points an empty folder. */
    private Scene(final Path points, final long seed) {
        this.points = points;
        this.site = Site.up(LabSpec.of(1), spec -> spec.withBlockSize(StandingFile.BLOCK_BYTES)
            .withEnvironment(FailPoints.VARIABLE, HeldPoint.setting(points.toString()))
            // starts, and not speed, are what a run waits for
            .withEnvironment("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
            // no jar of an ended job has room
            .withEnvironment("LIVEMR_JARS_KEEPSIZE", "1B"));
        this.vm = site.vm("vm1");
        this.standing = new StandingFile(site, vm, seed);
    }

    static Scene open(final Path points, final long seed) throws IOException {
        final Scene scene = new Scene(points, seed);
        try {
            scene.start();
            return scene;
        } catch (final IOException | RuntimeException e) {
            scene.close();
            throw e;
        }
    }

    private void start() throws IOException {
        Site.allowByPolicy(vm, Stories.TRUSTED);
        HeldPoint.armGuest(vm);
        standing.start();
    }

    /** Prints how long it took to come to the point, the killed program to serve again, and all else to be right after that. */
    void play(final Cell cell) throws Exception {
        final Random random = new Random(cell.seed());
        final String tag = "c" + ++played;
        final Recovery recovery = new Recovery();
        final Story story = new Stories(site, vm, standing).passing(cell.point(), tag, random);
        final long beganNanos = System.nanoTime();
        story.begin();
        final Times times = killWhileHeld(cell, story, random.nextBoolean(), recovery);
        story.end(recovery);
        recovery.await("nothing left", () -> new Leftovers(site, vm, standing).areNoneOf(tag));
        recovery.await("standing file right", standing::isRight);
        standing.requireRightReads();
        System.out.printf("EachProcessIT: %s: reached=%d ms back=%d ms recovered=%d ms%n", cell, millis(beganNanos, times.reachedNanos),
            millis(times.reachedNanos, times.backNanos), recovery.sinceBegun().toMillis());
    }

    private static long millis(final long fromNanos, final long toNanos) {
        return TimeUnit.NANOSECONDS.toMillis(toNanos - fromNanos);
    }

    private record Times(long reachedNanos, long backNanos) { }

    /** @param goesOnFirst whether the program goes on while the other one is dead, or when it serves again. */
    private Times killWhileHeld(final Cell cell, final Story story, final boolean goesOnFirst, final Recovery recovery) throws Exception {
        final HeldPoint held = HeldPoint.of(cell.point(), site, vm, points);
        held.hold();
        try {
            final CompletableFuture<Void> client = CompletableFuture.runAsync(() -> live(story, recovery), clients);
            held.awaitReached(client);
            final long reachedNanos = System.nanoTime();
            final Victim.Return back = cell.victim().kill(site, vm);
            if (goesOnFirst) {
                held.letGo();
            }
            back.await();
            final Times times = new Times(reachedNanos, System.nanoTime());
            held.letGo();
            back.awaitSession();
            recovery.begin();
            client.join();
            return times;
        } finally {
            held.letGo();
        }
    }

    private static void live(final Story story, final Recovery recovery) {
        try {
            story.live(recovery);
        } catch (final Exception e) {
            throw new CompletionException(e);
        }
    }

    /** Of the host's programs and of the agent. */
    void keepLogs(final Path folder) throws IOException {
        Files.createDirectories(folder);
        for (final String name : List.of("composer", "namenode", "datanode", "panel")) {
            Files.copy(site.stack().process(name).logFile(), folder.resolve(name + ".log"));
        }
        Files.writeString(folder.resolve("agent.log"), vm.exec("cat /var/log/livemr-agent.log; cat /var/lib/livemr-agent/*.json").stdout());
        Files.writeString(folder.resolve("files.json"), site.stack().composer().files().toPrettyString());
    }

    @Override
    public void close() {
        clients.shutdownNow();
        standing.close();
        site.close();
    }
}
