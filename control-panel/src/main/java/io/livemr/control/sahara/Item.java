package io.livemr.control.sahara;

import java.util.List;
import java.util.Map;

/**
 * Something that a client keeps; it never changes.
 *
 * @param name        each once in its project and kind.
 * @param details     what the client said of it, in Sahara's words.
 * @param lengthBytes of a file, else 0.
 */
record Item(String id, String project, ItemKind kind, String name, Map<String, Object> details, long lengthBytes, long createdMillis) {

    String text(final String field) {
        return (String) details.get(field);
    }

    /** Ids of others that are named in a field. */
    List<String> ids(final String field) {
        return details.get(field) instanceof List<?> ids ? ids.stream().map(String.class::cast).toList() : List.of();
    }
}
