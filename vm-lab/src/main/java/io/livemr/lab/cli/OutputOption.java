package io.livemr.lab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** Text for people or JSON for programs. */
final class OutputOption {
    enum Format { TEXT, JSON }

    @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text", description = "text (default) or json.")
    private Format format;

    void print(final PrintWriter out, final LabView view) {
        out.print(format == Format.JSON ? json(view) + "\n" : view.asText());
        out.flush();
    }

    private static String json(final Object view) {
        try {
            return new ObjectMapper().writeValueAsString(view);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("a record of strings and numbers is always JSON", e);
        }
    }
}
