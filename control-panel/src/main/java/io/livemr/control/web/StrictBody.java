package io.livemr.control.web;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A body in another service's words: fields that mean nothing here are taken in only to be refused by name. */
public abstract class StrictBody {

    private final List<String> others = new ArrayList<>();

    @JsonAnySetter
    void other(final String field, final Object value) {
        if (asksForSomething(value)) {
            others.add(field);
        }
    }

    /** @param whose they are, for the refusal. */
    public void requireNoOther(final String whose) {
        if (!others.isEmpty()) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "field=" + String.join(",", others) + " means nothing here: it is " + whose
                + ", or unknown");
        }
    }

    private static boolean asksForSomething(final Object value) {
        return value != null && !Boolean.FALSE.equals(value) && !(value instanceof Collection<?> values && values.isEmpty())
            && !(value instanceof Map<?, ?> values && values.isEmpty());
    }
}
