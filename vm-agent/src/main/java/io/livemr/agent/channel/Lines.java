package io.livemr.agent.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes lines. Trees only: binding classes would cost start-up time in a slow guest. */
public final class Lines {

    public static final ObjectMapper JSON = new ObjectMapper();

    private Lines() {
    }

    public static ObjectNode of(final String type) {
        return JSON.createObjectNode().put("type", type);
    }

    /** An answer to a command of the composer's. */
    public static ObjectNode of(final String type, final String id) {
        return of(type).put("id", id);
    }
}
