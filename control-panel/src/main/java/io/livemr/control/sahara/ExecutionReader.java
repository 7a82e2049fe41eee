package io.livemr.control.sahara;

import static io.livemr.control.sahara.Items.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.job.ConfiguredJobs;
import io.livemr.control.job.JobRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.springframework.stereotype.Component;

/** Reads an execution as the job that it stands for. */
@Component
class ExecutionReader {

    private static final String MAIN_CLASS = "edp.java.main_class";
    private static final List<String> FOREIGN = List.of("edp.", "oozie.");

    private final Items items;
    private final ConfiguredJobs jobs;
    private final ObjectMapper json;

    ExecutionReader(final Items items, final ConfiguredJobs jobs, final ObjectMapper json) {
        this.items = items;
        this.jobs = jobs;
        this.json = json;
    }

    JobRequest job(final Item template, final ExecutionBody body) {
        body.requireNoOther("Sahara's own");
        require(body.configs != null && body.configs.configs != null, "job_configs", "{configs, args}, or left out");
        body.configs.requireNoOther("that of other types of jobs");
        final Map<String, String> configuration = texts(body.configs.configs);
        final String mainClass = configuration.remove(MAIN_CLASS);
        configuration.keySet().forEach(name -> require(FOREIGN.stream().noneMatch(name::startsWith), "job_configs.configs",
            "without name=" + name + ", which is Oozie's or Sahara's own; of these only " + MAIN_CLASS + " means something here"));
        put(configuration, ConfiguredJobs.INPUTS, "input_id", body.input == null ? null : inputs(source(body.input, SourceType.LIVEMR, "input_id")));
        put(configuration, ConfiguredJobs.OUTPUT, "output_id", body.output == null ? null : source(body.output, SourceType.HDFS, "output_id"));
        return jobs.request(template.name(), mainClass, body.configs.args, null, configuration);
    }

    private static void put(final Map<String, String> configuration, final String name, final String field, final String value) {
        if (value != null) {
            require(configuration.put(name, value) == null, field, "left out where " + name + " is among the configs");
        }
    }

    private String source(final String id, final SourceType type, final String field) {
        final Item source = items.named(field, ItemKind.SOURCE, id);
        require(type.word().equals(source.text("type")), field, "the id of a data source of type=" + type.word());
        return source.text("url");
    }

    private String inputs(final String url) {
        final Matcher parts = SourceType.livemr(url);
        return json.createObjectNode().put(parts.group(1), parts.group(2)).toString();
    }

    /** Numbers and structures come as JSON has them; Hadoop's properties are texts. */
    private Map<String, String> texts(final Map<String, Object> values) {
        final Map<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> {
            final JsonNode node = json.valueToTree(value);
            texts.put(name, node.isTextual() ? node.textValue() : node.toString());
        });
        return texts;
    }
}
