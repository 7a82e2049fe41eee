package io.livemr.control.livy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.control.job.JobRequest;
import io.livemr.control.job.JobRequestReader;
import io.livemr.control.web.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Reads a batch as the job that it stands for. */
@Component
class BatchReader {

    private static final String INPUTS = "livemr.inputs";
    private static final String OUTPUT = "livemr.output";
    private static final Pattern JAR = Pattern.compile("sha256:([0-9a-f]{64})");

    private final JobRequestReader reader;
    private final ObjectMapper json;

    BatchReader(final JobRequestReader reader, final ObjectMapper json) {
        this.reader = reader;
        this.json = json;
    }

    String sha256(final BatchRequest batch) {
        final Matcher jar = JAR.matcher(batch.file == null ? "" : batch.file);
        require(jar.matches(), "field=file must be sha256: and the SHA-256 of a jar that came with an earlier job; POST /api/v1/jobs takes a jar");
        return jar.group(1);
    }

    JobRequest job(final BatchRequest batch) {
        require(batch.others().isEmpty(), "field=" + String.join(",", batch.others()) + " means nothing here: it is Spark's, or unknown");
        final Map<String, String> properties = new TreeMap<>(batch.conf == null ? Map.of() : batch.conf);
        final String inputs = properties.remove(INPUTS);
        require(inputs != null, "conf must hold " + INPUTS + ", such as {\"vm1\": [\"/data/app.log\"]}");
        final ObjectNode job = json.createObjectNode().put("name", batch.name).put("mainClass", batch.className).put("requester", batch.proxyUser)
            .put("output", properties.remove(OUTPUT));
        job.set("args", json.valueToTree(batch.args));
        job.set("properties", json.valueToTree(properties));
        job.set("inputs", reader.tree(inputs.getBytes(StandardCharsets.UTF_8)));
        return reader.read(job.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void require(final boolean holds, final String wanted) {
        if (!holds) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", wanted);
        }
    }
}
