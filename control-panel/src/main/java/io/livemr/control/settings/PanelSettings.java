package io.livemr.control.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Everything under {@code livemr.}.
 *
 * @param state     folder of the panel: database, token, jars, jobs.
 * @param composers one for each compute node.
 */
@Validated
@ConfigurationProperties(prefix = "livemr", ignoreUnknownFields = false)
public record PanelSettings(
    @NotNull @DefaultValue("/var/lib/livemr/panel") Path state,
    @Valid @DefaultValue List<ComposerSettings> composers,
    @Valid @DefaultValue HadoopSettings hadoop,
    @Valid @DefaultValue EngineSettings engine,
    @Valid @DefaultValue JobSettings jobs,
    @Valid @DefaultValue JarSettings jars,
    @Valid @DefaultValue EventSettings events,
    @Valid @DefaultValue AccessSettings access,
    @Valid @DefaultValue AuditSettings audit,
    @Valid @DefaultValue OpenStackSettings openstack,
    @Valid @DefaultValue SaharaSettings sahara) {

    public PanelSettings {
        state = state.toAbsolutePath().normalize();
    }

    public Path jobFolder(final String jobId) {
        return state.resolve("jobs").resolve(jobId);
    }
}
