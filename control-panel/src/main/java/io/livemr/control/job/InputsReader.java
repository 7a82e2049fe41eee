package io.livemr.control.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code inputs}: a list of them, or as in a CONF of {@code -composeFromLocal} an object from machine to a path or a list of paths. */
final class InputsReader extends JsonDeserializer<List<JobRequest.Input>> {

    @Override
    public List<JobRequest.Input> deserialize(final JsonParser json, final DeserializationContext context) throws IOException {
        final List<JobRequest.Input> inputs = new ArrayList<>();
        if (json.isExpectedStartArrayToken()) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                inputs.add(json.currentToken() == JsonToken.VALUE_NULL ? null : context.readValue(json, JobRequest.Input.class));
            }
        } else if (json.isExpectedStartObjectToken()) {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                final String vm = json.currentName();
                json.nextToken();
                readPaths(vm, json, inputs);
            }
        } else {
            throw unclear(json);
        }
        return inputs;
    }

    private static void readPaths(final String vm, final JsonParser json, final List<JobRequest.Input> inputs) throws IOException {
        if (!json.isExpectedStartArrayToken()) {
            inputs.add(input(vm, json));
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            inputs.add(input(vm, json));
        }
    }

    private static JobRequest.Input input(final String vm, final JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw unclear(json);
        }
        return JobRequest.Input.of(vm, json.getText());
    }

    private static JsonMappingException unclear(final JsonParser json) {
        return JsonMappingException.from(json, "inputs must be like [{\"vm\": \"vm1\", \"path\": \"/data/log\"}] or {\"vm1\": [\"/data/log\", \"/data/*.log\"]}");
    }
}
