package io.livemr.control.settings;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who gets in, and how often.
 *
 * @param plainHttp         whether the panel may serve without TLS on an address that is not loopback.
 * @param failedLogins      wrong passwords for one name from one address; ten times as many for one name or from one address.
 * @param failedLoginWindow time in which they are counted.
 * @param requestBurst      requests of one account, or from one address that has none, at once.
 * @param requestRate       such requests a second in the long run.
 * @param bodyLimit         of a request that is no upload.
 * @param sessionLimit      sessions of the web console at a time.
 */
public record AccessSettings(
    @DefaultValue("false") boolean plainHttp,
    @Min(1) @DefaultValue("10") int failedLogins,
    @DefaultValue("5m") Duration failedLoginWindow,
    @Min(1) @DefaultValue("600") int requestBurst,
    @Min(1) @DefaultValue("60") int requestRate,
    @DefaultValue("1MB") DataSize bodyLimit,
    @Min(1) @DefaultValue("1000") int sessionLimit) { }
