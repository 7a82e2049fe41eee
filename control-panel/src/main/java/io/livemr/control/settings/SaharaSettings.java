package io.livemr.control.settings;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What clients of OpenStack Sahara may keep here.
 *
 * @param itemLimit number of files, names of files, jobs and data sources of one project.
 * @param fileLimit bytes of all files of one project.
 */
public record SaharaSettings(
    @Min(1) @DefaultValue("1000") int itemLimit,
    @DefaultValue("1GB") DataSize fileLimit) { }
