package io.livemr.control.job;

import io.livemr.control.access.Caller;
import io.livemr.control.input.InputFile;
import io.livemr.control.input.InputStore;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.project.ProjectVms;
import io.livemr.control.settings.JobSettings;
import io.livemr.control.settings.PanelSettings;
import io.livemr.control.web.ApiException;
import java.util.function.Predicate;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Which machines a job may read, and in whose name it may ask their owners. */
@Component
class JobRights {

    private final ProjectVms vms;
    private final InputStore inputs;
    private final JobSettings settings;

    JobRights(final ProjectVms vms, final InputStore inputs, final PanelSettings settings) {
        this.vms = vms;
        this.inputs = inputs;
        this.settings = settings.jobs();
    }

    void check(final Caller caller, final JobRequest request) throws OpenStackException {
        final Predicate<String> allowed = vms.of(caller.project());
        for (final JobRequest.Input input : request.inputs()) {
            if (!allowed.test(input.vm())) {
                throw new ApiException(HttpStatus.FORBIDDEN, "vm_not_allowed", ProjectVms.explain(caller.project(), input.vm()));
            }
        }
        if (request.requester() != null && !mayAskAs(caller, request.requester())) {
            throw new ApiException(HttpStatus.FORBIDDEN, "requester_not_allowed", "field=requester must be " + caller.name()
                + ": what an owner grants is granted to one name; leave it out");
        }
    }

    /** Asked again each time the job goes on: a machine that the project may no longer name ends it, running or not. */
    void check(final Job job) throws JobFailure, OpenStackException {
        final Predicate<String> allowed = vms.of(job.creator().project());
        for (final InputFile file : inputs.of(job.id())) {
            if (!allowed.test(file.vm())) {
                throw new JobFailure("vm_not_allowed", ProjectVms.explain(job.creator().project(), file.vm()));
            }
        }
    }

    String requester(final Caller caller, final JobRequest request) {
        return request.requester() == null ? nameOf(caller) : request.requester();
    }

    /** Whoever runs a job of another account again asks in his own name. */
    String requesterOfAnotherRun(final Caller caller, final Job earlier) {
        return mayAskAs(caller, earlier.spec().requester()) ? earlier.spec().requester() : nameOf(caller);
    }

    private boolean mayAskAs(final Caller caller, final String requester) {
        return caller.isAdmin() || requester.equals(caller.name());
    }

    private String nameOf(final Caller caller) {
        return caller.isInstallation() ? settings.requester() : caller.name();
    }
}
