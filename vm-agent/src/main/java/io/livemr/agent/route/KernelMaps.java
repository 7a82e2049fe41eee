package io.livemr.agent.route;

import io.livemr.agent.kernel.Descriptor;
import io.livemr.agent.kernel.LiveMrIoctl;
import java.io.IOException;

/** A kernel that tells maps itself, or not. */
public interface KernelMaps {

    /** The running one. */
    KernelMaps RUNNING = new KernelMaps() {
        @Override
        public void probe(final Descriptor file) throws IOException {
            LiveMrIoctl.probe(file);
        }

        @Override
        public void announce(final Descriptor file, final long epoch) throws IOException {
            LiveMrIoctl.announce(file, epoch);
        }

        @Override
        public void withdraw(final Descriptor file) throws IOException {
            LiveMrIoctl.withdraw(file);
        }
    };

    /** Fails as {@link #announce} would where the kernel does not know it. Changes nothing. */
    void probe(Descriptor file) throws IOException;

    void announce(Descriptor file, long epoch) throws IOException;

    void withdraw(Descriptor file) throws IOException;
}
