package io.livemr.hdfs.plugin;

import io.livemr.failpoint.FailPoint;
import io.livemr.hdfs.composer.ComposedFile;
import io.livemr.hdfs.composer.ComposerClient;
import io.livemr.hdfs.composer.ComposerEvents;
import io.livemr.hdfs.link.LinkUnreadableException;
import io.livemr.hdfs.rpc.Follow;
import io.livemr.hdfs.rpc.LinkOperations;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grows HDFS files as the composer says that their composed files have grown.
 *
 * <p>Events arrive on one thread and only raise goals; a few threads grow, each file by one at a time. The queue holds at
 * most one growth a file and there are at most {@code maxFollows} files. A growth that fails is tried again, later each
 * time, until the HDFS file is gone or the composed file revoked or removed: then blocks stay and reads say why.
 */
final class Follower implements AutoCloseable, ComposerEvents.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final FollowStore store;
    private final FollowGrowth growth;
    private final ComposerClient composer;
    private final ComposerEvents events;
    private final LinkOperations links;
    private final LinkMetrics metrics;
    private final int maxFollows;
    private final Map<Long, FollowedFile> files = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor growers;

    /** @param links knows how long composed files are. */
    Follower(FollowStore store, FollowGrowth growth, ComposerClient composer, LinkOperations links,
            LinkMetrics metrics, int threads, int maxFollows) {
        this.store = store;
        this.growth = growth;
        this.composer = composer;
        this.links = links;
        this.metrics = metrics;
        this.maxFollows = maxFollows;
        this.events = new ComposerEvents(composer, this);
        this.growers = new ScheduledThreadPoolExecutor(threads, work -> {
            final Thread thread = new Thread(work, "livemr-grower");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() throws IOException {
        for (final Follow follow : store.load()) {
            files.put(follow.inodeId(), new FollowedFile(follow));
        }
        metrics.filesFollowed.set(files.size());
        events.start();
    }

    void follow(Follow follow) throws IOException {
        if (files.size() >= maxFollows && !files.containsKey(follow.inodeId())) {
            throw new IOException("too many files are followed: limit=" + maxFollows + "; raise "
                + LinkPlugin.FOLLOW_LIMIT_KEY);
        }
        FailPoint.FOLLOW_WANTED.passOrFail();
        store.put(follow);
        FailPoint.FOLLOW_STORED.passOrFail();
        final FollowedFile file = new FollowedFile(follow);
        final FollowedFile before = files.put(follow.inodeId(), file);
        if (before != null) {
            before.end();
        }
        metrics.filesFollowed.set(files.size());
        want(file, lengthNow(follow));
    }

    /** It may have grown since it was linked. A DataNode that is starting cannot tell, and says so to the client; what is unreadable now the composer announces. */
    private long lengthNow(Follow follow) throws IOException {
        try {
            return links.lengthBytesOf(follow.fileId());
        } catch (LinkUnreadableException e) {
            return 0;
        }
    }

    void unfollow(long inodeId) throws IOException {
        final FollowedFile file = files.remove(inodeId);
        if (file != null) {
            file.end();
        }
        store.remove(inodeId);
        metrics.filesFollowed.set(files.size());
    }

    // ---- what the composer says, on the events' thread

    @Override
    public void connected() {
        metrics.eventStreams.incr();
        submit(this::endThoseGone);
    }

    @Override
    public void grew(String name, long lengthBytes) {
        withFile(name, file -> want(file, lengthBytes));
    }

    @Override
    public void state(String name, String state, String reason) {
        if (state.equals("REVOKED") || state.equals("DENIED")) {
            withFile(name, file -> end(file, name + " is " + state + " " + reason));
        }
    }

    @Override
    public void removed(String name) {
        withFile(name, file -> end(file, name + " is removed"));
    }

    private void withFile(String name, Consumer<FollowedFile> action) {
        files.values().stream().filter(file -> file.composedFile().equals(name)).forEach(action);
    }

    /** Composed files may have gone while nobody was listening. How long the others are is what the stream begins with. */
    private void endThoseGone() {
        try {
            final Set<String> there = composer.files().stream().map(ComposedFile::name).collect(Collectors.toSet());
            files.values().stream().filter(file -> !there.contains(file.composedFile()))
                .forEach(file -> end(file, file.composedFile() + " is not known to the composer"));
        } catch (IOException e) {
            LOG.info("cannot ask the composer for its files: {}", e.getMessage());
        }
    }

    private void want(FollowedFile file, long lengthBytes) {
        if (file.want(lengthBytes)) {
            metrics.growthsPending.incr();
            submit(() -> grow(file));
        }
    }

    // ---- growing, on the growers' threads

    private void grow(FollowedFile file) {
        if (file.isEnded()) {
            metrics.growthsPending.decr();
            return;
        }
        try {
            final long since = file.wantedSinceNanos();
            final long lengthBytes = growth.grow(file.follow(), file.wantedBytes());
            metrics.growth.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
            if (file.reached(lengthBytes)) {
                submit(() -> grow(file));
            } else {
                metrics.growthsPending.decr();
            }
        } catch (FollowEndedException e) {
            metrics.growthsPending.decr();
            end(file, e.getMessage());
        } catch (IOException | RuntimeException e) {
            tryAgain(file, e);
        }
    }

    private void tryAgain(FollowedFile file, Exception failure) {
        final long waitMillis = file.failedSoWaitMillis();
        metrics.growthsFailed.incr();
        LOG.info("growth of inode {} to {} of {} failed, again in {} ms: {}", file.follow().inodeId(),
            file.wantedBytes(), file.composedFile(), waitMillis, failure.toString());
        try {
            growers.schedule(() -> grow(file), waitMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping; the growth will be made after the next start");
        }
    }

    private void end(FollowedFile file, String why) {
        LOG.info("no longer following inode {}: {}", file.follow().inodeId(), why);
        metrics.followsEnded.incr();
        file.end();
        try {
            if (files.remove(file.follow().inodeId(), file)) {
                store.remove(file.follow().inodeId());
            }
        } catch (IOException e) {
            LOG.warn("cannot forget inode {}; it will be tried again at the next start", file.follow().inodeId(), e);
        }
        metrics.filesFollowed.set(files.size());
    }

    private void submit(Runnable work) {
        try {
            growers.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping; the growth will be made after the next start");
        }
    }

    @Override
    public void close() throws IOException {
        events.close();
        growers.shutdownNow();
        growth.close();
    }
}
