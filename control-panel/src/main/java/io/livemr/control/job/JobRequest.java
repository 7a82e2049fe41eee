package io.livemr.control.job;

import java.util.List;
import java.util.Map;

/** The part {@code job} of a submission, as the user sent it; nothing of it is checked yet. */
public record JobRequest(String name, String mainClass, List<String> args, List<Input> inputs, String output, Long ttlSeconds,
                         String requester, Map<String, String> properties) {

    /** A file of a virtual machine. */
    public record Input(String vm, String path) { }
}
