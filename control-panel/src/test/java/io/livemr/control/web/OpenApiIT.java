package io.livemr.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.control.ControlPanel;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The OpenAPI document beside what the panel really serves. The panel runs inside this JVM, so that its routes can be asked for. */
class OpenApiIT {

    @TempDir
    private static Path state;
    private static ConfigurableApplicationContext panel;
    private static OpenAPI document;

    @BeforeAll
    static void start() throws Exception {
        panel = SpringApplication.run(ControlPanel.class, "--livemr.state=" + state, "--server.port=0");
        document = parsed().getOpenAPI();
    }

    @AfterAll
    static void stop() {
        panel.close();
    }

    @Test
    void shouldBeAValidDocument() throws Exception {
        assertThat(parsed().getMessages()).isEmpty();
        assertThat(document.getOpenapi()).startsWith("3.0");
    }

    @Test
    void shouldHoldEachRouteOfThePanelAndNoOther() {
        final List<String> served = panel.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class).getHandlerMethods().entrySet()
            .stream().filter(route -> isOurs(route.getValue())).flatMap(route -> calls(route.getKey())).toList();

        assertThat(described()).containsExactlyInAnyOrderElementsOf(served).contains("POST /api/v1/jobs", "GET /api/v1/vms");
    }

    @Test
    void shouldSayWhatEachCallDoesAndWhatItsErrorsLookLike() {
        assertThat(operations()).allSatisfy(operation -> {
            assertThat(operation.getSummary()).isNotBlank();
            assertThat(operation.getTags()).hasSize(1);
            assertThat(operation.getResponses()).containsKeys("401", "default");
            assertThat(operation.getResponses().keySet()).anyMatch(status -> status.startsWith("2"));
            assertThat(operation.getResponses().entrySet()).filteredOn(response -> !response.getKey().startsWith("2"))
                .allSatisfy(response -> assertThat(response.getValue().getContent().get("application/problem+json").getSchema().get$ref())
                    .isEqualTo("#/components/schemas/Problem"));
        });
    }

    @Test
    void shouldDescribeTheUploadAsAFormOfTwoParts() {
        final var form = document.getPaths().get("/api/v1/jobs").getPost().getRequestBody().getContent();

        assertThat(form).containsOnlyKeys("multipart/form-data");
        assertThat(form.get("multipart/form-data").getEncoding().get("job").getContentType()).isEqualTo("application/json");
        assertThat(document.getComponents().getSchemas().get("JobRequest").getProperties()).containsKeys("inputs", "properties", "mainClass");
    }

    @Test
    void shouldAskForTokenPasswordOrSessionEverywhereButToSignIn() {
        assertThat(document.getSecurity()).flatExtracting(one -> one.keySet()).containsExactly("token", "account", "keystone", "session");
        assertThat(operations()).filteredOn(operation -> operation.getSecurity() != null)
            .containsExactly(document.getPaths().get("/api/v1/session").getPost());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/swagger-config", "/swagger-ui/index.html", "/swagger-ui/swagger-ui.css",
        "/swagger-ui/swagger-ui-bundle.js", "/swagger-ui/swagger-initializer.js"})
    void shouldShowTheDocumentToEverybody(final String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/swagger-ui/../api/v1/jobs", "/swagger-ui/%2e%2e/api/v1/jobs", "/swagger-ui/..;/api/v1/jobs", "/swagger-ui//../api/v1/jobs",
        "/v3/api-docs/../../api/v1/jobs", "/swagger-ui.html/../api/v1/jobs", "/v3/api-docs;/api/v1/jobs"})
    void shouldLetNobodyPassThroughTheDocument(final String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(400, 401);
    }

    private static boolean isOurs(final HandlerMethod method) {
        return method.getBeanType().getPackageName().startsWith("io.livemr") && method.getBeanType() != ContainerErrors.class;
    }

    private static Stream<String> calls(final RequestMappingInfo route) {
        return route.getMethodsCondition().getMethods().stream().flatMap(method -> route.getPatternValues().stream().map(path -> method + " " + path));
    }

    private static List<String> described() {
        return document.getPaths().entrySet().stream()
            .flatMap(path -> path.getValue().readOperationsMap().keySet().stream().map(method -> method + " " + path.getKey())).toList();
    }

    private static List<Operation> operations() {
        return document.getPaths().values().stream().map(PathItem::readOperations).flatMap(Collection::stream).toList();
    }

    private static SwaggerParseResult parsed() throws Exception {
        return new OpenAPIV3Parser().readContents(get("/v3/api-docs").body(), null, new ParseOptions());
    }

    private static HttpResponse<String> get(final String path) throws Exception {
        final URI address = URI.create("http://127.0.0.1:" + panel.getEnvironment().getProperty("local.server.port") + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
