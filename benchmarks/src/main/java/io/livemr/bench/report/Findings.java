package io.livemr.bench.report;

import java.util.List;

/**
 * What a benchmark found.
 *
 * @param setting what was measured on, in a few words.
 * @param skipped peers that cannot run here, each {@code skipped: PEER: REASON}; they are in no figure.
 */
public record Findings(String setting, int pairs, List<Figure> figures, List<String> skipped) {

    public Findings(final String setting, final int pairs, final List<Figure> figures) {
        this(setting, pairs, figures, List.of());
    }
}
