package io.livemr.composer.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.livemr.composer.file.ComposeException;
import java.util.List;
import java.util.function.Function;

/**
 * The part of a list that a client asks for by {@code ?offset=0&limit=100}, or all of it. How long the whole list is stands in the header
 * {@code X-Total-Count}.
 */
record Slice(long offset, long limit) {

    static Slice of(final Context context) throws ComposeException {
        return new Slice(number(context, "offset", 0), number(context, "limit", Integer.MAX_VALUE));
    }

    private static long number(final Context context, final String name, final long ifAbsent) throws ComposeException {
        final String text = context.queryParam(name);
        if (text != null && !text.matches("\\d{1,9}")) {
            throw new ComposeException(400, "bad_request", name + " must be a number from 0 on");
        }
        return text == null ? ifAbsent : Long.parseLong(text);
    }

    /** Only what is asked for is written out. */
    <T> void answer(final Context context, final List<T> all, final Function<T, ObjectNode> report) {
        final ArrayNode list = JsonNodeFactory.instance.arrayNode();
        all.stream().skip(offset).limit(limit).map(report).forEach(list::add);
        context.header("X-Total-Count", Integer.toString(all.size())).json(list);
    }
}
