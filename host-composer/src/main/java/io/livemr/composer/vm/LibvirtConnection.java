package io.livemr.composer.vm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.event.BlockJobListener;
import org.libvirt.event.DomainEventType;
import org.libvirt.event.LifecycleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to libvirt and what is registered on it. libvirt keeps a connection open for as long as anything is registered, so
 * closing takes everything back first. For one thread, except that events come on libvirt's.
 */
final class LibvirtConnection implements AutoCloseable {

    /** Hears events on libvirt's thread: must be quick and must not call libvirt. */
    interface Listener {
        void lifecycle(UUID domain, DomainEventType type);

        void blockJob(UUID domain);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtConnection.class);
    private static final int LIST_ALL = 0;
    private static final int KEEPALIVE_SECONDS = 2;
    private static final int KEEPALIVE_COUNT = 3;

    private record BlockJobEar(Domain domain, BlockJobListener listener) {
    }

    private final Connect connect;
    private final Listener listener;
    private final LifecycleListener lifecycle;
    private final Map<UUID, BlockJobEar> blockJobs = new HashMap<>();

    private LibvirtConnection(final Connect connect, final Listener listener) throws LibvirtException {
        this.connect = connect;
        this.listener = listener;
        this.lifecycle = (domain, event) -> {
            listener.lifecycle(uuid(domain), event.getType());
            return 0;
        };
        connect.addLifecycleListener(lifecycle);
    }

    static LibvirtConnection open(final String uri, final Listener listener) throws LibvirtException {
        LibvirtEventLoop.startOnce();
        final Connect connect = new Connect(uri);
        keepAlive(connect);
        return new LibvirtConnection(connect, listener);
    }

    private static void keepAlive(final Connect connect) {
        try {
            connect.setKeepAlive(KEEPALIVE_SECONDS, KEEPALIVE_COUNT);
        } catch (final LibvirtException e) {
            LOG.debug("no keepalive on this connection: {}", e.getMessage());
        }
    }

    static UUID uuid(final Domain domain) {
        try {
            return UUID.fromString(domain.getUUIDString());
        } catch (final LibvirtException e) {
            throw new IllegalStateException("a domain always has a UUID", e);
        }
    }

    List<Domain> domains() throws LibvirtException {
        return List.of(connect.listAllDomains(LIST_ALL));
    }

    Domain domain(final UUID uuid) throws LibvirtException {
        return connect.domainLookupByUUID(uuid);
    }

    boolean isAlive() throws LibvirtException {
        return connect.isAlive();
    }

    void hearBlockJobs(final Domain domain, final UUID uuid) {
        if (blockJobs.containsKey(uuid)) {
            return;
        }
        final BlockJobListener ear = (which, disk, type, status) -> listener.blockJob(uuid);
        try {
            domain.addBlockJobListener(ear);
            blockJobs.put(uuid, new BlockJobEar(domain, ear));
        } catch (final LibvirtException e) {
            LOG.debug("no block job events of {}: {}", uuid, e.getMessage());
        }
    }

    void ignoreBlockJobs(final UUID uuid) {
        final BlockJobEar ear = blockJobs.remove(uuid);
        if (ear != null) {
            quietly(() -> ear.domain().removeBlockJobListener(ear.listener()));
        }
    }

    @Override
    public void close() {
        List.copyOf(blockJobs.keySet()).forEach(this::ignoreBlockJobs);
        quietly(() -> connect.removeLifecycleListener(lifecycle));
        quietly(connect::close);
    }

    private interface LibvirtCall {
        void run() throws LibvirtException;
    }

    private static void quietly(final LibvirtCall call) {
        try {
            call.run();
        } catch (final LibvirtException | RuntimeException e) {
            LOG.debug("closing libvirt: {}", e.getMessage());
        }
    }
}
