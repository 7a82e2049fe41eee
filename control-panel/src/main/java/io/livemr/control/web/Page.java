package io.livemr.control.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Some of a list's entries. */
public record Page<T>(List<T> items, int page, int size, @Schema(description = "How many there are on all pages.") long total) {

    public static <T> Page<T> of(final List<T> items, final Paging paging, final long total) {
        return new Page<>(items, paging.page(), paging.size(), total);
    }
}
