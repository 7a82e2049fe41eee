package io.livemr.control.settings;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of a job jar.
 *
 * @param sizeLimit     bytes of the upload.
 * @param unpackedLimit bytes of all entries together once unpacked.
 * @param entryLimit    number of entries.
 */
public record JarSettings(
    @DefaultValue("256MB") DataSize sizeLimit,
    @DefaultValue("1GB") DataSize unpackedLimit,
    @Min(1) @DefaultValue("65535") int entryLimit) { }
