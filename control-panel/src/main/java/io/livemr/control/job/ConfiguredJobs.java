package io.livemr.control.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.control.web.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Makes requests of jobs that come in another service's words, which has no place for inputs: two entries of the configuration hold what is ours. */
@Component
public class ConfiguredJobs {

    /** The inputs, as a text of JSON or YAML. */
    public static final String INPUTS = "livemr.inputs";
    /** Where in HDFS the job writes. */
    public static final String OUTPUT = "livemr.output";

    private final JobRequestReader reader;
    private final ObjectMapper json;

    ConfiguredJobs(final JobRequestReader reader, final ObjectMapper json) {
        this.reader = reader;
        this.json = json;
    }

    /** @param configuration of Hadoop, but for the two. All else may be null. */
    public JobRequest request(final String name, final String mainClass, final List<String> args, final String requester,
                              final Map<String, String> configuration) {
        final Map<String, String> properties = new TreeMap<>(configuration);
        final String inputs = properties.remove(INPUTS);
        if (inputs == null) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request",
                "the configuration must hold " + INPUTS + ", such as {\"vm1\": [\"/data/app.log\"]}");
        }
        final ObjectNode job = json.createObjectNode().put("name", name).put("mainClass", mainClass).put("requester", requester)
            .put("output", properties.remove(OUTPUT));
        job.set("args", json.valueToTree(args));
        job.set("properties", json.valueToTree(properties));
        job.set("inputs", reader.tree(inputs.getBytes(StandardCharsets.UTF_8)));
        return reader.read(job.toString().getBytes(StandardCharsets.UTF_8));
    }
}
