package io.livemr.agent.disk;

import static io.livemr.agent.denial.DenialReason.UNSUPPORTED_LAYOUT;

import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.kernel.DeviceMapperControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows a block device down to the one whole disk it lies on.
 *
 * <p>{@code /sys/dev/block/8:1} leads to the device's folder. A partition has {@code partition} and {@code start}; a
 * device-mapper device has {@code dm}; a disk of real (or virtual) hardware lies outside {@code /sys/devices/virtual},
 * where loop, md, zram and nbd are.
 */
public final class LayoutResolver {

    /** Asks for the table of a device-mapper device. */
    interface Tables {
        DeviceMapperTable read(int major, int minor) throws IOException;
    }

    private static final int DEPTH_LIMIT = 8;
    private static final String LINEAR = "linear";

    private final Path sysfs;
    private final Tables tables;
    private final boolean allowVirtualDisks;

    LayoutResolver(final Path sysfs, final Tables tables, final boolean allowVirtualDisks) {
        this.sysfs = sysfs;
        this.tables = tables;
        this.allowVirtualDisks = allowVirtualDisks;
    }

    /** @param allowVirtualDisks takes a loop device for a disk; for tests, since no host can find such a disk. */
    public static LayoutResolver ofThisSystem(final boolean allowVirtualDisks) {
        final DeviceMapperControl control = new DeviceMapperControl(Path.of("/dev/mapper/control"));
        return new LayoutResolver(Path.of("/sys"), (major, minor) -> {
            final DeviceMapperControl.Answer answer = control.table(major, minor);
            return DeviceMapperTable.parse(answer.targetCount(), answer.targets());
        }, allowVirtualDisks);
    }

    public DiskLayout resolve(final int major, final int minor) throws IOException, DeniedException {
        return resolve(major + ":" + minor, 0);
    }

    private DiskLayout resolve(final String device, final int depth) throws IOException, DeniedException {
        final Path link = sysfs.resolve("dev/block").resolve(device);
        if (depth > DEPTH_LIMIT || !Files.exists(link)) {
            throw refused("block device " + device, "is not one that sysfs describes");
        }
        final Path folder = link.toRealPath();
        if (Files.exists(folder.resolve("partition"))) {
            return partition(folder);
        }
        return Files.exists(folder.resolve("dm")) ? volume(folder, device, depth) : disk(folder);
    }

    private DiskLayout partition(final Path folder) throws IOException, DeniedException {
        final LinearRun run = new LinearRun(
                0, Sysfs.number(folder.resolve("size")), Sysfs.number(folder.resolve("start")));
        return stacked(folder.getFileName().toString(), disk(folder.getParent()), run);
    }

    private static DiskLayout stacked(final String name, final DiskLayout below, final LinearRun run)
            throws DeniedException {
        try {
            return below.under(List.of(run));
        } catch (final IllegalStateException e) {
            throw refused(name, "reaches past the device below it: " + e.getMessage());
        }
    }

    private DiskLayout disk(final Path folder) throws IOException, DeniedException {
        if (folder.startsWith(sysfs.toRealPath().resolve("devices/virtual")) && !allowVirtualDisks) {
            throw refused(folder.getFileName().toString(),
                    "is no disk of this VM but made by software (loop, md, …); keep the file on a plain disk or partition");
        }
        return DiskLayout.whole(DiskIdentityReader.read(folder));
    }

    private DiskLayout volume(final Path folder, final String device, final int depth)
            throws IOException, DeniedException {
        final String name = Sysfs.text(folder.resolve("dm/name"));
        final int colon = device.indexOf(':');
        final DeviceMapperTable table = tables.read(
                Integer.parseInt(device.substring(0, colon)), Integer.parseInt(device.substring(colon + 1)));
        final List<LinearRun> runs = new ArrayList<>();
        DiskIdentity disk = null;
        for (final DeviceMapperTable.Target target : table.targets()) {
            final DiskLayout piece = linear(name, target, depth);
            if (disk != null && !disk.equals(piece.disk())) {
                throw refused(name, "lies on more than one disk; move it to one with pvmove");
            }
            disk = piece.disk();
            runs.addAll(piece.runs());
        }
        if (disk == null) {
            throw refused(name, "has no table");
        }
        return new DiskLayout(disk, runs);
    }

    private DiskLayout linear(final String name, final DeviceMapperTable.Target target, final int depth)
            throws IOException, DeniedException {
        if (!LINEAR.equals(target.type())) {
            throw refused(name, "has a " + target.type() + " target; only linear volumes keep sectors in plain order");
        }
        final String[] parameters = target.parameters().split(" ");
        final LinearRun run = new LinearRun(target.startSector(), target.sectors(), Long.parseLong(parameters[1]));
        return stacked(name, resolve(parameters[0], depth + 1), run);
    }

    private static DeniedException refused(final String device, final String why) {
        return new DeniedException(UNSUPPORTED_LAYOUT, device + " " + why);
    }
}
