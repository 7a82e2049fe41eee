package io.livemr.control.job;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Some jobs, newest first. */
record JobPage(List<JobView> items, int page, int size, @Schema(description = "How many there are on all pages.") long total) { }
