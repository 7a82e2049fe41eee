package io.livemr.composer.vm;

import java.util.concurrent.atomic.AtomicBoolean;
import org.libvirt.Connect;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.libvirt.jna.Libvirt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** libvirt's event loop, of which a process has one; it lives in one daemon thread until the process ends. */
final class LibvirtEventLoop {

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtEventLoop.class);
    private static final AtomicBoolean STARTED = new AtomicBoolean();
    /** libvirt prints errors to stderr on its own; each is an exception for us as well. Kept, or native code would call what is collected. */
    private static final Libvirt.VirErrorCallback QUIET = (data, error) -> { };

    private LibvirtEventLoop() {
    }

    /** Must be called before the first connection is opened: a connection registers itself with the loop. */
    static void startOnce() throws LibvirtException {
        if (STARTED.compareAndSet(false, true)) {
            Connect.setErrorCallback(QUIET);
            Library.initEventLoop();
            final Thread thread = new Thread(LibvirtEventLoop::run, "libvirt-events");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void run() {
        while (true) {
            try {
                Library.processEvent();
            } catch (final LibvirtException e) {
                LOG.warn("libvirt event loop: {}", e.getMessage());
            }
        }
    }
}
