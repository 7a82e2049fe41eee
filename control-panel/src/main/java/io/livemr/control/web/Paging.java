package io.livemr.control.web;

import org.springframework.http.HttpStatus;

/**
 * Which part of a list is asked for.
 *
 * @param page from 0.
 * @param size entries of a page.
 */
public record Paging(int page, int size) {

    public static final String DEFAULT_SIZE = "20";
    public static final String PAGE_HELP = "From 0.";
    public static final String SIZE_HELP = "Entries of a page, 1 to 100.";

    private static final int LIMIT = 100;

    public Paging {
        if (page < 0 || size < 1 || size > LIMIT) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "page must be 0 or more and size between 1 and " + LIMIT);
        }
    }

    /** Entries before the first of this page. */
    public long offset() {
        return (long) page * size;
    }
}
