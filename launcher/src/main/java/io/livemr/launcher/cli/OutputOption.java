package io.livemr.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.livemr.launcher.client.JsonHttp;
import picocli.CommandLine.Option;

/** {@code --output}: results for people, or as one line of JSON for programs. Progress never goes to standard output. */
public final class OutputOption {
    /** The two forms. */
    public enum Form { TEXT, JSON }

    @Option(names = "--output", paramLabel = "text|json", defaultValue = "text",
        description = "Form of the result (default: ${DEFAULT-VALUE}).")
    private Form form = Form.TEXT;

    public boolean isJson() {
        return form == Form.JSON;
    }

    /** Prints the one that was asked for. */
    public void print(final Object json, final String text) {
        System.out.println(isJson() ? oneLine(json) : text);
        System.out.flush();
    }

    private static String oneLine(final Object value) {
        try {
            return JsonHttp.JSON.writeValueAsString(value);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value, e);
        }
    }
}
