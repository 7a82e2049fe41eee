package io.livemr.control.web;

import io.livemr.control.settings.PanelSettings;
import io.livemr.control.settings.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.server.Ssl;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Writes where the panel serves to the file {@code url} of its state folder, once it does. */
@Component
public class UrlFile {

    private final Path file;
    private final String host;
    private final String scheme;

    public UrlFile(final PanelSettings settings, final StateFolder folder, final Environment environment,
                   final ServerProperties server) throws IOException {
        this.file = settings.state().resolve("url");
        this.host = environment.getProperty("server.address", "127.0.0.1");
        this.scheme = Ssl.isEnabled(server.getSsl()) ? "https" : "http";
        Files.deleteIfExists(file);
    }

    @EventListener
    void write(final ApplicationReadyEvent event) throws IOException {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web) {
            final Path draft = file.resolveSibling("url.new");
            Files.writeString(draft, scheme + "://" + bracketed(host) + ":" + web.getWebServer().getPort() + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String bracketed(final String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
