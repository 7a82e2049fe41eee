package io.livemr.control.composer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;

/** A composed file as its composer tells it; states are those of docs/protocol.md section 3.4, as words, since newer composers may know more. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ComposedFile(String name, String requester, String state, String reason, String message, Long lengthBytes, List<Source> sources) {

    /** The one file of a virtual machine that it is made of. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Source(String vm, String path, String state, String reason, String message, String owner, String by, Long lengthBytes, String grant,
                         Instant mappedAt, Long lagMillis) { }

    /** What is known of the first source's owner; the panel composes one source a file. */
    public String owner() {
        return first() == null ? null : first().owner();
    }

    /** Whose yes it was: {@code owner} or {@code policy}; null before. */
    public String by() {
        return first() == null ? null : first().by();
    }

    public String anyReason() {
        return reason != null || first() == null ? reason : first().reason();
    }

    public String anyMessage() {
        return message != null || first() == null ? message : first().message();
    }

    /** The one that grows; a file has at least one. */
    public Source last() {
        return sources.get(sources.size() - 1);
    }

    boolean isOf(final String by, final String vm, final String path) {
        return by.equals(requester) && sources != null && sources.size() == 1
            && vm.equals(first().vm()) && path.equals(first().path());
    }

    private Source first() {
        return sources == null || sources.isEmpty() ? null : sources.get(0);
    }
}
