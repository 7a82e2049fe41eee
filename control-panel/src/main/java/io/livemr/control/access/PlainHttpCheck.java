package io.livemr.control.access;

import io.livemr.control.settings.PanelSettings;
import java.net.InetAddress;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.server.Ssl;
import org.springframework.stereotype.Component;

/** Stops the start of a panel whose passwords could be read on the network. */
@Component
class PlainHttpCheck {

    PlainHttpCheck(final ServerProperties server, final PanelSettings settings) {
        final InetAddress address = server.getAddress();
        final boolean isLocal = address != null && address.isLoopbackAddress();
        if (!isLocal && !Ssl.isEnabled(server.getSsl()) && !settings.access().plainHttp()) {
            throw new IllegalStateException("server.address=" + address + " is not loopback and there is no TLS: set server.ssl.bundle "
                + "(docs/operations.md), or livemr.access.plain-http=true if a proxy in front of the panel has it");
        }
    }
}
