package io.livemr.control.job;

import io.livemr.control.access.Caller;
import io.livemr.control.composer.ComposerUnreachableException;
import io.livemr.control.composer.VmDirectory;
import io.livemr.control.composer.VmUnknownException;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.openstack.Server;
import io.livemr.control.project.ProjectVms;
import io.livemr.control.web.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Puts in place of a server's name or id, as users of OpenStack know it, the name by which composers know the machine. */
@Component
class ServerNames {

    private final ProjectVms vms;
    private final VmDirectory directory;

    ServerNames(final ProjectVms vms, final VmDirectory directory) {
        this.vms = vms;
        this.directory = directory;
    }

    /** A name that is no server's stays as it is: whether it may be named is {@link JobRights}'s question. */
    JobRequest resolved(final Caller caller, final JobRequest request) throws OpenStackException {
        final List<JobRequest.Input> inputs = new ArrayList<>();
        for (final JobRequest.Input input : request.inputs()) {
            final List<Server> found = vms.servers(caller.project(), input.vm());
            inputs.add(found.isEmpty() ? input : input.onVm(only(input.vm(), found).instanceName()));
        }
        return new JobRequest(request.name(), request.mainClass(), request.args(), inputs, request.output(), request.ttlSeconds(),
            request.requester(), request.properties());
    }

    private Server only(final String name, final List<Server> found) {
        if (found.size() > 1) {
            throw new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, "ambiguous_vm",
                "vm=" + name + " is the name of servers " + found.stream().map(Server::id).toList() + "; name one by its id");
        }
        requireComposer(found.get(0));
        return found.get(0);
    }

    /**
     * The machine has the server's id, too: each cell of Nova counts its own instances, so another host may have another's machine of that name.
     * A composer that gives no answer now may have it: the job waits for it.
     */
    private void requireComposer(final Server server) {
        try {
            if (!directory.find(server.instanceName()).vm().uuid().equals(server.id())) {
                throw noComposer(server);
            }
        } catch (final VmUnknownException e) {
            throw noComposer(server);
        } catch (final ComposerUnreachableException e) {
            return;
        }
    }

    private static ApiException noComposer(final Server server) {
        return new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, "no_composer", "server=" + server.name() + " is on host=" + server.host()
            + ", whose composer is not among livemr.composers, or does not know it");
    }
}
