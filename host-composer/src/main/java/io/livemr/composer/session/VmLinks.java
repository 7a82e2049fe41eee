package io.livemr.composer.session;

import io.livemr.composer.metrics.ComposerMetrics;
import io.livemr.composer.session.VmLink.LinkParts;
import io.livemr.composer.vm.VmDescription;
import io.livemr.composer.vm.VmObserver;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All VMs of this host, by UUID. Hears of them from libvirt. Safe to share between threads. */
public final class VmLinks implements VmObserver, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VmLinks.class);

    private final Map<UUID, VmLink> links = new ConcurrentHashMap<>();
    private final LinkParts parts;
    private final ComposerMetrics metrics;
    private volatile Consumer<UUID> gone = uuid -> { };
    private final Hearing hearing;

    public VmLinks(
            final SessionSettings settings, final List<Path> imageRoots, final AgentObserver observer,
            final ComposerMetrics metrics, final Hearing hearing) {
        this(new LinkParts(settings, VmDisks.Factory.images(imageRoots), observer, metrics, System::nanoTime, hearing::isBlind),
                hearing);
    }

    VmLinks(final LinkParts parts, final Hearing hearing) {
        this.parts = parts;
        this.hearing = hearing;
        this.metrics = parts.metrics();
        metrics.gauge("livemr.vms", links::size);
        metrics.gauge("livemr.sessions", () -> links.values().stream().filter(VmLink::agentConnected).count());
        metrics.gauge("livemr.leases", () -> links.values().stream().filter(link -> link.lease().valid()).count());
        metrics.gauge("livemr.libvirt.up", () -> hearing.isListening() ? 1 : 0);
    }

    /** Called with each VM that libvirt does not know any more. */
    public void onGone(final Consumer<UUID> action) {
        gone = action;
    }

    public Optional<VmLink> find(final UUID uuid) {
        return Optional.ofNullable(links.get(uuid));
    }

    /** By name or UUID. */
    public Optional<VmLink> find(final String nameOrUuid) {
        return links.values().stream()
                .filter(link -> nameOrUuid.equals(link.name()) || nameOrUuid.equals(link.uuid().toString()))
                .findFirst();
    }

    public Collection<VmLink> all() {
        return links.values();
    }

    @Override
    public void changed(final VmDescription vm, final String reason) {
        final VmLink known = links.get(vm.uuid());
        LOG.info("vm name={} state={} agentChannel={} why={}", vm.name(), vm.state(), vm.channel(), reason);
        if (known != null) {
            known.describe(vm, reason);
        } else {
            final VmLink link = new VmLink(vm, parts);
            links.put(vm.uuid(), link);
            link.start();
        }
    }

    @Override
    public void layoutSuspect(final UUID vm, final String reason) {
        find(vm).ifPresent(link -> link.suspect(reason));
    }

    @Override
    public void undefined(final UUID vm) {
        final VmLink link = links.remove(vm);
        if (link != null) {
            LOG.info("vm name={} is undefined", link.name());
            link.close();
            gone.accept(vm);
        }
    }

    @Override
    public void listening(final boolean now) {
        hearing.heard(now);
    }

    @Override
    public void close() {
        links.values().forEach(VmLink::close);
    }
}
