package io.livemr.control.project;

import java.util.List;

/**
 * A group of accounts whose jobs are seen by no other.
 *
 * @param vms patterns of the machines that its jobs may read, {@code *} for any number of characters; none at first.
 */
public record Project(String name, List<String> vms, long createdMillis) {

    /** That of the installation's own token, and of all jobs from before there were projects. */
    public static final String DEFAULT = "default";
}
