package io.livemr.lab.cli;

import io.livemr.lab.LabException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints what is meant for a person and hides where in the code it came from; a mistake of ours keeps its stack trace. */
final class ErrorPrinter implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(final Exception error, final CommandLine command, final ParseResult arguments) throws Exception {
        if (error instanceof LabException || error instanceof IllegalArgumentException) {
            command.getErr().println("livemr lab: " + error.getMessage());
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        throw error;
    }
}
