package io.livemr.control.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.livemr.control.web.ApiException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Reads the part {@code job} of a submission; a field it does not know is an error, as it would be a typing mistake of the user. */
@Component
class JobRequestReader {

    private static final int LIMIT_BYTES = 1024 * 1024;

    private final ObjectReader reader;

    JobRequestReader(final ObjectMapper json) {
        this.reader = json.readerFor(JobRequest.class)
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    JobRequest read(final Part part) throws IOException {
        if (part.getSize() > LIMIT_BYTES) {
            throw new ApiException(HttpStatus.PAYLOAD_TOO_LARGE, "job_too_large", "part job is larger than " + LIMIT_BYTES + " bytes");
        }
        final JobRequest request = parse(part.getInputStream().readAllBytes());
        if (request == null) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "part job is null");
        }
        return request;
    }

    /** All bytes are there, so whatever goes wrong is about them: broken UTF-32 is no JsonProcessingException. */
    private JobRequest parse(final byte[] json) {
        try {
            return reader.readValue(json);
        } catch (final JsonProcessingException e) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "part job is not the JSON it should be: " + e.getOriginalMessage());
        } catch (final IOException e) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "part job is not JSON in UTF-8: " + e.getMessage());
        }
    }
}
