package io.livemr.control.settings;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One composer.
 *
 * @param url          where it serves, for example {@code https://10.0.0.7:7480}; Java trusts whom this machine trusts.
 * @param tokenFile    file with its bearer token; read for each request, so it may come to be later than the panel.
 * @param requestLimit how long one request may take.
 */
public record ComposerSettings(@NotNull URI url, @NotNull Path tokenFile, @DefaultValue("10s") Duration requestLimit) { }
