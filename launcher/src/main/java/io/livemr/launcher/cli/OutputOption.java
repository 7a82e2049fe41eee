package io.livemr.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.livemr.launcher.client.JsonHttp;
import picocli.CommandLine.Option;

/** {@code --output}: results for people, or as one line of JSON for programs. Progress never goes to standard output. */
public final class OutputOption {
    /** Two forms; a table is the text of a list. */
    public enum Form { TEXT, TABLE, JSON }

    @Option(names = "--output", paramLabel = "text|table|json", defaultValue = "text",
        description = "Form of the result; the text of a list is a table (default: ${DEFAULT-VALUE}).")
    private Form form = Form.TEXT;

    public boolean isJson() {
        return form == Form.JSON;
    }

    /** Prints the one that was asked for. */
    public void print(final Object json, final String text) {
        System.out.println(isJson() ? oneLine(json) : text);
        System.out.flush();
    }

    /** The same for one of many parts; a part's text brings its own ends of lines. */
    public void printPart(final Object json, final String text) {
        System.out.print(isJson() ? oneLine(json) + "\n" : text);
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
