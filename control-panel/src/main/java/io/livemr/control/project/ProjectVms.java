package io.livemr.control.project;

import io.livemr.control.access.Caller;
import io.livemr.control.openstack.OpenStack;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.openstack.Server;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import org.springframework.util.PatternMatchUtils;

/**
 * Which machines a project may name: those that its patterns cover, or, of a project that is Keystone's, its own servers. Asked when a job is
 * taken and again each time it goes on, so what is taken away counts at once.
 */
@Component
public class ProjectVms {

    private final ProjectStore projects;
    private final OpenStack openStack;

    public ProjectVms(final ProjectStore projects, final OpenStack openStack) {
        this.projects = projects;
        this.openStack = openStack;
    }

    /**
     * The machines of a project by the names that composers know.
     *
     * @throws OpenStackException when Nova does not say which they are.
     */
    public Predicate<String> of(final String project) throws OpenStackException {
        if (isOfOpenStack(project)) {
            final List<String> names = openStack.servers(project).stream().map(Server::instanceName).toList();
            return names::contains;
        }
        final String[] patterns = projects.vms(project).toArray(String[]::new);
        return vm -> PatternMatchUtils.simpleMatch(patterns, vm);
    }

    /** Which machines are there at all for somebody: all for an admin. */
    public Predicate<String> seenBy(final Caller caller) throws OpenStackException {
        return caller.isAdmin() ? vm -> true : of(caller.project());
    }

    /** Servers of Nova that go by this name or id in a project of Keystone; none in a project of the panel's own. */
    public List<Server> servers(final String project, final String nameOrId) throws OpenStackException {
        return !isOfOpenStack(project) ? List.of() : openStack.servers(project).stream()
            .filter(server -> server.name().equals(nameOrId) || server.id().equals(nameOrId) || server.instanceName().equals(nameOrId)).toList();
    }

    public boolean isOfOpenStack(final String project) {
        return openStack.isOn() && projects.find(project).isEmpty();
    }

    /** The same words whether there is such a machine or not. */
    public static String explain(final String project, final String vm) {
        return "vm=" + vm + " is none that project=" + project + " may name; an admin sets its patterns: PUT /api/v1/projects/" + project
            + ", or it is no server of that project of OpenStack";
    }
}
