package io.livemr.control.settings;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One composer.
 *
 * @param url          where it serves, for example {@code http://127.0.0.1:7070}.
 * @param tokenFile    file with its bearer token; read for each request, so it may come to be later than the panel.
 * @param requestLimit how long one request may take.
 */
public record ComposerSettings(@NotNull URI url, @NotNull Path tokenFile, @DefaultValue("10s") Duration requestLimit) { }
