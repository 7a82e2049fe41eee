package io.livemr.failpoint;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The list of all points as a table in Markdown; run as a program it prints it. */
public final class FailPointTable {

    private FailPointTable() {
    }

    public static void main(final String[] args) {
        System.out.print(markdown());
    }

    static String markdown() {
        return "| program | point | what is done and what is not | can fail |\n|---|---|---|---|\n"
                + Arrays.stream(FailPoint.values()).map(FailPointTable::row).collect(Collectors.joining());
    }

    private static String row(final FailPoint point) {
        return "| " + point.program().title() + " | `" + point.title() + "` | " + point.description() + " | "
                + (point.canFail() ? "yes" : "") + " |\n";
    }
}
