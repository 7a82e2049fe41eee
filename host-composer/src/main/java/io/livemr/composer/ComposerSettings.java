package io.livemr.composer;

import io.livemr.composer.fuse.FuseSettings;
import io.livemr.composer.image.GuardSettings;
import io.livemr.composer.rest.ListenSettings;
import io.livemr.composer.session.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Settings of one composer; the README lists them with unit and default.
 *
 * @param mount      where composed files appear, or null for nowhere.
 * @param fsmap      where the kernel shows those of them that it can, or null for nowhere.
 * @param imageRoots folders below one of which every image file must lie.
 */
public record ComposerSettings(
        Path state, Path mount, Path fsmap, ListenSettings listen, String libvirtUri, List<Path> imageRoots,
        Duration rescanPeriod, long libvirtAbsenceMillis, int fileLimit, SessionSettings session, GuardSettings guard,
        FuseSettings fuse) {
}
