package io.livemr.control.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** Which requests change something: those by a method that is not safe, and one of Sahara's that its clients make by GET. */
final class Changes {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private Changes() { }

    /** By the path as it is decoded, which is what a handler is found by. */
    static boolean isOne(final HttpServletRequest request) {
        final String path = request.getServletPath();
        return !SAFE.contains(request.getMethod()) || path.startsWith("/sahara/") && path.endsWith("/cancel");
    }
}
