package io.livemr.system.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.lab.LabVm;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.client.PanelClient;
import io.livemr.system.Jars;
import io.livemr.system.Site;
import java.io.IOException;
import java.util.List;

/** A job over one file through the panel, perhaps killed by its submitter. It ends right or with its reason, and is cleaned up; no line of its log is wrong. */
final class Job implements Story {
    private final Site site;
    private final LabVm vm;
    private final OwnedFile file;
    private final boolean isKilled;
    private String id;

    Job(final Site site, final LabVm vm, final OwnedFile file, final boolean isKilled) {
        this.site = site;
        this.vm = vm;
        this.file = file;
        this.isKilled = isKilled;
    }

    @Override
    public void begin() {
        file.create();
    }

    @Override
    public void live(final Recovery recovery) throws Exception {
        id = submit();
        if (isKilled) {
            recovery.await("running", () -> List.of("RUNNING", "FAILED").contains(state()));
            recovery.await("killed", () -> PanelClient.hasEnded(site.stack().panel().kill(id).path("state").asText()) || PanelClient.hasEnded(state()));
        }
        recovery.await("cleaned up", () -> PanelClient.hasEnded(state()) && job().path("cleanedUp").asBoolean());
        requireRight(job());
        recovery.await("nothing of job " + id + " left", this::hasLeftNothing);
    }

    private String submit() throws IOException {
        final ObjectNode job = JsonHttp.JSON.createObjectNode().put("mainClass", HashingJob.class.getName()).put("requester", Stories.TRUSTED);
        job.putArray("args").add("{input}").add(Boolean.toString(isKilled));
        job.putArray("inputs").addObject().put("vm", vm.domain()).put("path", file.path());
        return site.stack().panel().submit(new PanelClient.JobText("application/json", job.toString()), Jars.alone(HashingJob.class)).path("id").asText();
    }

    private JsonNode job() {
        return site.stack().panel().job(id);
    }

    private String state() {
        return job().path("state").asText();
    }

    private void requireRight(final JsonNode job) {
        final List<String> lines = site.stack().panel().log(id).lines().filter(line -> line.startsWith(HashingJob.LINE)).distinct().toList();
        assertThat(lines).isSubsetOf(HashingJob.LINE + file.sha256());
        switch (job.path("state").asText()) {
            case "SUCCEEDED" -> assertThat(lines).isNotEmpty();
            case "KILLED" -> assertThat(isKilled).as(job.toString()).isTrue();
            default -> {
                assertThat(job.path("reason").asText()).as(job.toString()).isNotEmpty();
                System.out.println("EachProcessIT: dropped: " + job.path("reason").asText() + ": " + job.path("message").asText());
            }
        }
    }

    private boolean hasLeftNothing() {
        return !site.stack().webHdfs().exists("/livemr/jobs/" + id + "/input")
            && ProcessHandle.allProcesses().noneMatch(process -> process.info().commandLine().orElse("").contains(id));
    }
}
