package io.livemr.control.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.control.support.Panel;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the console's files are handed out to everybody, and that nothing else is. */
class ConsoleFilesIT {

    @RegisterExtension
    private static final Console CONSOLE = new Console();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/console/main.js", "/console/pages/sign-in.js", "/console/style/base.css", "/console/icon.svg",
        "/webjars/lit-html/lit-html.js", "/webjars/uplot/dist/uPlot.esm.js"})
    void shouldComeWithoutATokenAndBeAskedForAgainByTheirContent(final String path) throws Exception {
        final HttpResponse<String> file = get(path);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().allValues("Content-Security-Policy")).singleElement().asString()
            .contains("default-src 'none'; script-src 'self'").doesNotContain("unsafe");
        assertThat(file.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(file.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(get(path, "If-None-Match", file.headers().firstValue("ETag").orElseThrow()).statusCode()).isEqualTo(304);
    }

    /** Swagger's page cannot do without styles in its elements. */
    @Test
    void shouldBeAllThatThePolicyOfTheConsoleIsFor() throws Exception {
        final HttpResponse<String> page = get("/swagger-ui/index.html");

        assertThat(page.headers().allValues("Content-Security-Policy")).singleElement().asString()
            .contains("style-src 'self' 'unsafe-inline'", "frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/../api/v1/jobs", "/console/%2e%2e/api/v1/jobs", "/console/..;/api/v1/jobs", "/console//../api/v1/jobs",
        "/webjars/..%2fapi/v1/jobs", "/webjars/../actuator/metrics", "/index.html/../api/v1/jobs", "/index.html;/api/v1/jobs", "/console;/../api/v1/jobs"})
    void shouldLetNobodyPassThroughThem(final String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(400, 401, 404);
    }

    private static HttpResponse<String> get(final String path, final String... headers) throws Exception {
        final Panel panel = CONSOLE.running().panel();
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(panel.url() + path));
        return panel.send(headers.length == 0 ? request : request.headers(headers));
    }
}
