package io.livemr.composer.vm;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes on only the domains that have an image in this composer's folders. An agent's channel takes one client: two composers on a
 * host, each with folders of its own, must not take each other's. As thread-safe as what it passes on to.
 */
public final class ServedVms implements VmObserver {

    private final List<Path> imageRoots;
    private final VmObserver next;
    private final Set<UUID> served = ConcurrentHashMap.newKeySet();

    public ServedVms(final List<Path> imageRoots, final VmObserver next) {
        this.imageRoots = List.copyOf(imageRoots);
        this.next = next;
    }

    /** A VM that was passed on once always is: if its image has moved elsewhere, that is what must be heard. */
    @Override
    public void changed(final VmDescription vm, final String reason) {
        if (served.contains(vm.uuid()) || vm.disks().stream().anyMatch(this::isOurs)) {
            served.add(vm.uuid());
            next.changed(vm, reason);
        }
    }

    /** By the path as written: where it really leads is checked when the image is opened. */
    private boolean isOurs(final VmDisk disk) {
        return imageRoots.stream().anyMatch(root -> disk.top().path().normalize().startsWith(root));
    }

    @Override
    public void layoutSuspect(final UUID vm, final String reason) {
        next.layoutSuspect(vm, reason);
    }

    @Override
    public void undefined(final UUID vm) {
        served.remove(vm);
        next.undefined(vm);
    }

    @Override
    public void listening(final boolean now) {
        next.listening(now);
    }
}
