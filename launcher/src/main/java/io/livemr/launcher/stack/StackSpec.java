package io.livemr.launcher.stack;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to start on this host. Immutable; each {@code with…} gives a changed copy.
 *
 * @param run            folder of all state; made if it is not there.
 * @param libvirtUri     where the virtual machines are.
 * @param imageFolders   disk images, their backing and their data files must lie below one of these.
 * @param blockSizeBytes of new HDFS files.
 * @param withPanel      whether the control panel is started as well.
 * @param hadoop         keys of hdfs-site.xml that replace or add to the launcher's own.
 * @param composerArgs   added to the composer's command line.
 * @param environment    of every process, added to the launcher's own.
 */
public record StackSpec(Path run, String libvirtUri, List<Path> imageFolders, long blockSizeBytes, boolean withPanel,
        Map<String, String> hadoop, List<String> composerArgs, Map<String, String> environment) {
    public static final Path DEFAULT_RUN = Path.of("/var/lib/livemr");
    public static final long DEFAULT_BLOCK_SIZE_BYTES = 64L << 20;
    private static final String DEFAULT_LIBVIRT = "qemu:///system";

    public StackSpec {
        run = run.toAbsolutePath().normalize();
        imageFolders = List.copyOf(imageFolders);
        hadoop = Map.copyOf(hadoop);
        composerArgs = List.copyOf(composerArgs);
        environment = Map.copyOf(environment);
    }

    public static StackSpec in(final Path run) {
        return new StackSpec(run, DEFAULT_LIBVIRT, List.of(), DEFAULT_BLOCK_SIZE_BYTES, true, Map.of(), List.of(), Map.of());
    }

    public StackSpec withLibvirt(final String uri) {
        return new StackSpec(run, uri, imageFolders, blockSizeBytes, withPanel, hadoop, composerArgs, environment);
    }

    public StackSpec withImages(final List<Path> folders) {
        return new StackSpec(run, libvirtUri, folders, blockSizeBytes, withPanel, hadoop, composerArgs, environment);
    }

    public StackSpec withBlockSize(final long bytes) {
        return new StackSpec(run, libvirtUri, imageFolders, bytes, withPanel, hadoop, composerArgs, environment);
    }

    public StackSpec withoutPanel() {
        return new StackSpec(run, libvirtUri, imageFolders, blockSizeBytes, false, hadoop, composerArgs, environment);
    }

    public StackSpec withHadoop(final String key, final String value) {
        final Map<String, String> more = new LinkedHashMap<>(hadoop);
        more.put(key, value);
        return new StackSpec(run, libvirtUri, imageFolders, blockSizeBytes, withPanel, more, composerArgs, environment);
    }

    public StackSpec withComposerArgs(final String... args) {
        return new StackSpec(run, libvirtUri, imageFolders, blockSizeBytes, withPanel, hadoop, List.of(args), environment);
    }

    public StackSpec withEnvironment(final String name, final String value) {
        final Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new StackSpec(run, libvirtUri, imageFolders, blockSizeBytes, withPanel, hadoop, composerArgs, more);
    }
}
