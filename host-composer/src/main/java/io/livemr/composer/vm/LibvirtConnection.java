package io.livemr.composer.vm;

import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.event.BlockJobListener;
import org.libvirt.event.DomainEventType;
import org.libvirt.event.LifecycleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to libvirt and what is registered on it. For one thread, except that events come on libvirt's.
 *
 * <p>What was registered is never taken back, only no longer listened to: libvirt may be about to call a function at the moment it is
 * taken back, libvirt-java forgets it at once, and the JVM then dies in freed native code. That costs a few KiB for each domain and each restart
 * of libvirtd.
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

    /** Native code calls into these: they must never be collected. */
    private static final Queue<Object> KEPT = new ConcurrentLinkedQueue<>();

    private final Connect connect;
    private final Listener listener;
    private final Set<UUID> heardBlockJobs = new HashSet<>();
    private volatile boolean closed;

    private LibvirtConnection(final Connect connect, final Listener listener) throws LibvirtException {
        this.connect = connect;
        this.listener = listener;
        final LifecycleListener lifecycle = (domain, event) -> {
            if (!closed) {
                listener.lifecycle(uuid(domain), event.getType());
            }
            return 0;
        };
        KEPT.add(connect);
        KEPT.add(lifecycle);
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
        if (!heardBlockJobs.add(uuid)) {
            return;
        }
        final BlockJobListener ear = (which, disk, type, status) -> {
            if (!closed) {
                listener.blockJob(uuid);
            }
        };
        KEPT.add(domain);
        KEPT.add(ear);
        try {
            domain.addBlockJobListener(ear);
        } catch (final LibvirtException e) {
            LOG.debug("no block job events of {}: {}", uuid, e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
