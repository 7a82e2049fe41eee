package io.livemr.control.job;

import io.livemr.control.input.InputFile;
import io.livemr.control.input.InputStore;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes of a job the request that it was submitted with. */
@Component
class RunAgain {

    private final InputStore inputs;
    private final JobFolders folders;

    RunAgain(final InputStore inputs, final JobFolders folders) {
        this.inputs = inputs;
        this.folders = folders;
    }

    /** The main class is left to the jar, which is the same. */
    JobRequest request(final Job job, final String requester, final String output) {
        final Job.Spec spec = job.spec();
        final List<JobRequest.Input> files = inputs.of(job.id()).stream().map(RunAgain::input).toList();
        return new JobRequest(spec.name(), null, spec.args(), files, output == null ? outputOf(job) : output, spec.ttlSeconds(), requester,
            spec.properties());
    }

    private static JobRequest.Input input(final InputFile file) {
        return new JobRequest.Input(file.vm(), file.path(), null, null, file.pinned() ? InputLength.PINNED : null);
    }

    /** Null where it was the panel that chose the place: the new job gets one of its own. */
    private String outputOf(final Job job) {
        return job.spec().output().equals(folders.hdfsOutput(job.id())) ? null : job.spec().output();
    }
}
