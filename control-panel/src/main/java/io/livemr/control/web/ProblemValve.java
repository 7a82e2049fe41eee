package io.livemr.control.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Errors that Tomcat finds before anything of the panel runs, such as a malformed address; in place of its HTML. */
final class ProblemValve extends ErrorReportValve {

    private final ObjectMapper json;

    private ProblemValve(final ObjectMapper json) {
        this.json = json;
    }

    @Override
    protected void report(final Request request, final Response response, final Throwable thrown) {
        final HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status != null && status.isError() && response.getContentWritten() == 0 && response.setErrorReported()) {
            write(response, status);
        }
    }

    private void write(final Response response, final HttpStatus status) {
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        try {
            final Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(json.writeValueAsString(Problems.of(status)));
                response.finishResponse();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("the client has gone", e);
        }
    }

    /** Asked after Spring Boot's own valve was added, so this one is nearer to the error and the first to report it. */
    @Component
    static class Installer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

        private final ObjectMapper json;

        Installer(final ObjectMapper json) {
            this.json = json;
        }

        @Override
        public void customize(final TomcatServletWebServerFactory tomcat) {
            tomcat.addContextCustomizers(context -> context.getParent().getPipeline().addValve(new ProblemValve(json)));
        }
    }
}
