package io.livemr.control.project;

import io.livemr.control.access.Caller;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import org.springframework.util.PatternMatchUtils;

/** Which machines a project may name. Asked when a job is taken and again each time it goes on, so a pattern that is taken away counts at once. */
@Component
public class ProjectVms {

    private final ProjectStore projects;

    public ProjectVms(final ProjectStore projects) {
        this.projects = projects;
    }

    public boolean mayName(final String project, final String vm) {
        return PatternMatchUtils.simpleMatch(projects.vms(project).toArray(String[]::new), vm);
    }

    /** Which machines are there at all for whoever makes the request: all for an admin. Asked once for a whole list. */
    public Predicate<String> seenBy(final Caller caller) {
        final String[] patterns = projects.vms(caller.project()).toArray(String[]::new);
        return vm -> caller.isAdmin() || PatternMatchUtils.simpleMatch(patterns, vm);
    }

    /** The same words whether there is such a machine or not. */
    public static String explain(final String project, final String vm) {
        return "vm=" + vm + " is none that project=" + project + " may name; an admin sets its patterns: PUT /api/v1/projects/" + project;
    }
}
