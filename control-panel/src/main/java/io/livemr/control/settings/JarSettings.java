package io.livemr.control.settings;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Job jars: limits of each, and of those that are kept.
 *
 * @param sizeLimit     bytes of the upload.
 * @param unpackedLimit bytes of all entries together once unpacked.
 * @param entryLimit    number of entries.
 * @param keepSize      bytes of jars of ended jobs that are kept for another run; the oldest go first.
 */
public record JarSettings(
    @DefaultValue("256MB") DataSize sizeLimit,
    @DefaultValue("1GB") DataSize unpackedLimit,
    @Min(1) @DefaultValue("65535") int entryLimit,
    @DefaultValue("2GB") DataSize keepSize) { }
