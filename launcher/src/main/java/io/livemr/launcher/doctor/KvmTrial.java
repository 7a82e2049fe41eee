package io.livemr.launcher.doctor;

import io.livemr.lab.Progress;
import io.livemr.lab.guest.AgentFiles;
import io.livemr.lab.guest.GuestImage;
import io.livemr.lab.guest.GuestImageCache;
import io.livemr.lab.host.Accelerator;
import io.livemr.lab.host.AcceleratorProbe;
import java.nio.file.Path;
import java.util.Optional;

/** Boots the lab's guest under KVM. That {@code /dev/kvm} opens proves nothing: inside some virtual machines a guest then hangs. */
final class KvmTrial {
    private KvmTrial() {
    }

    static boolean boots() {
        final Path cache = cache();
        final GuestImage image = new GuestImageCache(cache).get(AgentFiles.find(Optional.empty()), Progress.SILENT);
        return new AcceleratorProbe(cache).choose(image.kernel(), image.initrd(), image.key()) == Accelerator.KVM;
    }

    private static Path cache() {
        final String folder = System.getenv("XDG_CACHE_HOME");
        return (folder == null || folder.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(folder)).resolve("livemr");
    }
}
