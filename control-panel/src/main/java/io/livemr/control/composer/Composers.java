package io.livemr.control.composer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.settings.PanelSettings;
import java.util.List;
import org.springframework.stereotype.Component;

/** A client for each composer of the settings. */
@Component
public class Composers {

    private final List<ComposerClient> clients;

    public Composers(final PanelSettings settings, final ObjectMapper json) {
        clients = settings.composers().stream().map(composer -> new ComposerClient(composer, json)).toList();
    }

    public List<ComposerClient> all() {
        return clients;
    }

    /** The one at this address, which a job keeps over restarts of the panel. */
    public ComposerClient at(final String url) throws ComposerUnreachableException {
        return clients.stream().filter(client -> client.url().equals(url)).findFirst()
            .orElseThrow(() -> new ComposerUnreachableException(
                "composer=" + url + " is no longer in the settings; add it under livemr.composers", null));
    }
}
