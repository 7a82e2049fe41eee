package io.livemr.control.sahara;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where data can be. */
enum SourceType {
    /** Files of a virtual machine, said as in the short form of a job's inputs: {@code *} and {@code ?} make a pattern, a slash at the end a folder. */
    LIVEMR("livemr://([^/\\p{Cntrl}]{1,255})(/[^\\p{Cntrl}]{0,4094})", "livemr://VM/PATH, taken as it is written"),
    HDFS("(?:hdfs://[^/\\p{Cntrl}]*)?/[^\\p{Cntrl}]{1,3500}", "a path in HDFS, /PATH or hdfs://NAMENODE/PATH");

    private final Pattern url;
    private final String wanted;

    SourceType(final String url, final String wanted) {
        this.url = Pattern.compile(url);
        this.wanted = wanted;
    }

    static SourceType of(final String word) {
        final Optional<SourceType> type = Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
        Items.require(type.isPresent(), "type", "livemr (files of a virtual machine) or hdfs");
        return type.orElseThrow();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String wanted() {
        return wanted;
    }

    boolean takes(final String text) {
        return url.matcher(text).matches();
    }

    /** Machine and path of a url that it takes. */
    static Matcher livemr(final String text) {
        final Matcher parts = LIVEMR.url.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("url=" + text + " was kept unchecked");
        }
        return parts;
    }
}
