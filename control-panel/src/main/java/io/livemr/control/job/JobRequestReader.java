package io.livemr.control.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.livemr.control.web.ApiException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Reads the part {@code job} of a submission, JSON or YAML; a field it does not know is an error, as it would be a typing mistake of the user. */
@Component
public class JobRequestReader {

    private static final int LIMIT_BYTES = 1024 * 1024;

    private final ObjectReader json;
    private final ObjectReader yaml;
    private final ObjectReader trees;

    JobRequestReader(final ObjectMapper json) {
        this.json = strict(json);
        final ObjectMapper yamlMapper = json.copyWith(new YAMLFactory());
        this.yaml = strict(yamlMapper);
        this.trees = yamlMapper.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    private static ObjectReader strict(final ObjectMapper mapper) {
        return mapper.readerFor(JobRequest.class).with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** One that is JSON already, and no larger than a part may be. */
    public JobRequest read(final byte[] text) {
        return parse(text, json, "JSON");
    }

    /** Any value, as YAML or JSON has it. */
    public JsonNode tree(final byte[] text) {
        try {
            return trees.readTree(text);
        } catch (final IOException e) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "the inputs are neither JSON nor YAML: " + e.getMessage());
        }
    }

    JobRequest read(final Part part) throws IOException {
        if (part.getSize() > LIMIT_BYTES) {
            throw new ApiException(HttpStatus.PAYLOAD_TOO_LARGE, "job_too_large", "part job is larger than " + LIMIT_BYTES + " bytes");
        }
        final boolean isYaml = part.getContentType() != null && part.getContentType().contains("yaml");
        final JobRequest request = parse(part.getInputStream().readAllBytes(), isYaml ? yaml : json, isYaml ? "YAML" : "JSON");
        if (request == null) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "part job is null");
        }
        return request;
    }

    /** All bytes are there, so whatever goes wrong is about them: broken UTF-32 is no JsonProcessingException. */
    private static JobRequest parse(final byte[] text, final ObjectReader reader, final String language) {
        try {
            return reader.readValue(text);
        } catch (final JsonProcessingException e) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "part job is not the " + language + " it should be: " + e.getOriginalMessage());
        } catch (final IOException e) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "part job is not " + language + " in UTF-8: " + e.getMessage());
        }
    }
}
