package io.livemr.agent.route;

import io.livemr.agent.channel.Session;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.kernel.KernelException;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.map.Announcement;
import io.livemr.agent.map.FileSnapshot;
import io.livemr.agent.map.MapWay;
import java.io.IOException;
import java.util.List;

/**
 * ext4 announces a file when it is asked to, in an epoch, and from then on tells of each change and takes blocks back before it
 * frees them. So there is nothing for the agent to look at, and nothing to pin.
 */
final class KernelRoute implements MapRoute {

    private static final FileSnapshot NOTHING = new FileSnapshot(0, 0, List.of());

    private final KernelMaps kernel;
    private final DiskRoute disk;
    private final WorkLoop loop;

    /** @param disk where the kernel's commands go, too. */
    KernelRoute(final KernelMaps kernel, final DiskRoute disk, final WorkLoop loop) {
        this.kernel = kernel;
        this.disk = disk;
        this.loop = loop;
    }

    @Override
    public MapWay way() {
        return MapWay.KERNEL;
    }

    /** The file may be announced already, for another requester. */
    @Override
    public void check(final GuestFile file) throws IOException {
        try {
            kernel.probe(file.descriptor());
        } catch (final KernelException e) {
            throw isGone(e) ? gone(e) : e;
        }
        disk.check(file);
    }

    @Override
    public FileSnapshot look(final GuestFile file, final long fromBytes) {
        return NOTHING;
    }

    /** On a disk thread: ext4 first writes what is in memory only. */
    @Override
    public void announce(
            final Session session, final GuestFile file, final Announcement what, final WorkLoop.Finished<Void> outcome) {
        loop.onDisk(() -> {
            try {
                kernel.announce(file.descriptor(), what.epoch());
                return null;
            } catch (final KernelException e) {
                throw isGone(e) ? gone(e) : e;
            }
        }, outcome);
    }

    @Override
    public void withdraw(final Session session, final GuestFile file) throws IOException {
        end(file);
    }

    @Override
    public void end(final GuestFile file) throws IOException {
        try {
            kernel.withdraw(file.descriptor());
        } catch (final KernelException e) {
            if (!isGone(e) && !e.is(KernelException.ENODATA)) {
                throw e;
            }
        }
    }

    private static WayGoneException gone(final KernelException failure) {
        return new WayGoneException("ext4 does not tell this file's map: " + failure.getMessage(), failure);
    }

    /** A stock kernel; a device or file that cannot; as many files as ext4 will follow. */
    private static boolean isGone(final KernelException failure) {
        return failure.is(KernelException.ENOTTY, KernelException.EOPNOTSUPP, KernelException.EMFILE);
    }
}
