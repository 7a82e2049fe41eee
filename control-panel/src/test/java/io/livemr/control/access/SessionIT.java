package io.livemr.control.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.PeoplePanel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Signing in as the web console does. */
@ExtendWith(PeoplePanel.class)
class SessionIT {

    private static final String NEW_PASSWORD = "another long password";

    @Test
    void shouldSetACookieThatNoScriptAndNoOtherSiteCanUse() throws Exception {
        final List<String> cookies = cookies(signIn("viewer", PeoplePanel.passwordOf("viewer")));

        assertThat(cookies).anySatisfy(cookie -> assertThat(cookie).startsWith("LIVEMR_SESSION=").contains("HttpOnly", "SameSite=Strict"));
        assertThat(cookies).anySatisfy(cookie -> assertThat(cookie).startsWith("XSRF-TOKEN=").contains("SameSite=Strict").doesNotContain("HttpOnly"));
    }

    @Test
    void shouldSayWhoOneIs() throws Exception {
        final HttpResponse<String> answer = PeoplePanel.panel().send(with(signIn("analyst", PeoplePanel.passwordOf("analyst")), "/api/v1/session"));

        final JsonNode session = new ObjectMapper().readTree(answer.body());
        assertThat(session.path("name").asText()).isEqualTo("analyst");
        assertThat(session.path("project").asText()).isEqualTo("web");
        assertThat(session.path("roles").toString()).isEqualTo("[\"ANALYST\"]");
    }

    @Test
    void shouldChangeNothingWithoutTheHeaderThatOnlyItsOwnPagesCanSend() throws Exception {
        final HttpResponse<String> session = signIn("admin", PeoplePanel.passwordOf("admin"));

        final HttpResponse<String> without = PeoplePanel.panel().send(project(session));
        final HttpResponse<String> wrong = PeoplePanel.panel().send(project(session).header("X-XSRF-TOKEN", "guessed"));
        final HttpResponse<String> right = PeoplePanel.panel().send(project(session).header("X-XSRF-TOKEN", xsrf(session)));

        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(without.body()).contains("bad_csrf_token");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(right.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldChangeNothingForAPageOfAnotherSiteWhateverTheBrowserSendsAlong() throws Exception {
        final HttpRequest.Builder request = PeoplePanel.json(PeoplePanel.request("admin", "/api/v1/projects/csrf"), "PUT", "{\"vms\":[]}");

        assertThat(PeoplePanel.panel().send(request.header("Sec-Fetch-Site", "cross-site")).statusCode()).isEqualTo(403);
    }

    @Test
    void shouldEndWhenOneSignsOut() throws Exception {
        final HttpResponse<String> session = signIn("viewer", PeoplePanel.passwordOf("viewer"));

        final HttpResponse<String> end = PeoplePanel.panel().send(with(session, "/api/v1/session").header("X-XSRF-TOKEN", xsrf(session)).DELETE());

        assertThat(end.statusCode()).isEqualTo(204);
        assertThat(PeoplePanel.panel().send(with(session, "/api/v1/session")).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldEndWithAnyChangeOfTheAccount() throws Exception {
        PeoplePanel.account("changing", "web", "ANALYST");
        final HttpResponse<String> session = signIn("changing", PeoplePanel.passwordOf("changing"));
        assertThat(PeoplePanel.panel().send(with(session, "/api/v1/jobs")).statusCode()).isEqualTo(200);

        PeoplePanel.panel().send(PeoplePanel.json(PeoplePanel.panel().request("/api/v1/accounts/changing"), "PATCH", "{\"role\":\"VIEWER\"}"));

        assertThat(PeoplePanel.panel().send(with(session, "/api/v1/jobs")).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldChangeOnesPasswordAndEndAllSessionsButTheOneThatAsks() throws Exception {
        PeoplePanel.account("careful", "web", "VIEWER");
        final HttpResponse<String> other = signIn("careful", PeoplePanel.passwordOf("careful"));
        final HttpResponse<String> own = signIn("careful", PeoplePanel.passwordOf("careful"));

        final HttpResponse<String> changed = PeoplePanel.panel().send(newPassword(own, PeoplePanel.passwordOf("careful")));

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(204);
        assertThat(PeoplePanel.panel().send(with(changed, "/api/v1/jobs")).statusCode()).isEqualTo(200);
        assertThat(PeoplePanel.panel().send(with(own, "/api/v1/jobs")).statusCode()).isEqualTo(401);
        assertThat(PeoplePanel.panel().send(with(other, "/api/v1/jobs")).statusCode()).isEqualTo(401);
        assertThat(PeoplePanel.get("careful", "/api/v1/jobs").statusCode()).isEqualTo(401);
        assertThat(signIn("careful", NEW_PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldChangeNoPasswordWithoutTheOldOneHoweverOftenItIsGuessed() throws Exception {
        PeoplePanel.account("tried", "web", "ANALYST");
        final HttpResponse<String> session = signIn("tried", PeoplePanel.passwordOf("tried"));

        final HttpResponse<String> refused = PeoplePanel.panel().send(newPassword(session, "wrong"));
        for (int i = 1; i < 5; i++) {
            PeoplePanel.panel().send(newPassword(session, "wrong"));
        }

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("wrong_password");
        assertThat(PeoplePanel.panel().send(newPassword(session, PeoplePanel.passwordOf("tried"))).statusCode()).isEqualTo(429);
        assertThat(PeoplePanel.panel().send(with(session, "/api/v1/jobs")).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSayThatTheTokenHasNoPassword() throws Exception {
        final HttpResponse<String> refused = PeoplePanel.panel().send(PeoplePanel.json(PeoplePanel.panel().request("/api/v1/session/password"), "PUT",
            "{\"oldPassword\":\"none\",\"newPassword\":\"" + NEW_PASSWORD + "\"}"));

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains("no_such_account", "installation");
    }

    @Test
    void shouldLetAClosedAccountInNoMoreAndGiveItsNameToNobody() throws Exception {
        PeoplePanel.account("closing", "web", "ANALYST");
        final HttpResponse<String> session = signIn("closing", PeoplePanel.passwordOf("closing"));
        assertThat(PeoplePanel.get("closing", "/api/v1/jobs").statusCode()).isEqualTo(200);

        PeoplePanel.panel().delete("/api/v1/accounts/closing");

        assertThat(PeoplePanel.panel().send(with(session, "/api/v1/jobs")).statusCode()).isEqualTo(401);
        assertThat(PeoplePanel.get("closing", "/api/v1/jobs").statusCode()).isEqualTo(401);
        assertThat(made("closing").statusCode()).isEqualTo(409);
        assertThat(made("installation").statusCode()).isEqualTo(409);
        assertThat(made("livemr").statusCode()).isEqualTo(409);
    }

    @Test
    void shouldRefuseAPasswordThatIsTooShortOrTooLong() throws Exception {
        for (final String password : List.of("short", "x".repeat(73))) {
            assertThat(PeoplePanel.panel().send(PeoplePanel.json(PeoplePanel.panel().request("/api/v1/accounts/viewer"), "PATCH",
                "{\"password\":\"" + password + "\"}")).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void shouldMakeItHardToGuessAPasswordAndKeepSilentWhichNamesThereAre() throws Exception {
        PeoplePanel.account("guessed", "web", "VIEWER");
        final String unknown = signIn("unknown", "wrong password").body();
        for (int i = 0; i < 5; i++) {
            final HttpResponse<String> wrong = signIn("guessed", "wrong password");
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.body()).isEqualTo(unknown);
        }

        final HttpResponse<String> refusal = signIn("guessed", PeoplePanel.passwordOf("guessed"));

        assertThat(refusal.statusCode()).isEqualTo(429);
        assertThat(refusal.headers().firstValueAsLong("Retry-After")).isPresent();
        assertThat(refusal.body()).contains("too_many_logins");
        assertThat(PeoplePanel.get("guessed", "/api/v1/jobs").statusCode()).isEqualTo(429);
        assertThat(PeoplePanel.get("viewer", "/api/v1/jobs").statusCode()).isEqualTo(200);
        assertThat(PeoplePanel.panel().get("/actuator/prometheus").body()).contains("livemr_logins_refused_total{reason=\"too_many_logins\"}");
    }

    private static HttpRequest.Builder newPassword(final HttpResponse<String> session, final String oldPassword) throws IOException {
        return PeoplePanel.json(with(session, "/api/v1/session/password").header("X-XSRF-TOKEN", xsrf(session)), "PUT",
            "{\"oldPassword\":\"" + oldPassword + "\",\"newPassword\":\"" + NEW_PASSWORD + "\"}");
    }

    private static HttpResponse<String> made(final String name) throws IOException {
        return PeoplePanel.panel().send(PeoplePanel.json(PeoplePanel.panel().request("/api/v1/accounts"), "POST",
            PeoplePanel.newAccount(name, "web", "VIEWER")));
    }

    private static HttpResponse<String> signIn(final String name, final String password) throws IOException {
        return PeoplePanel.panel().send(PeoplePanel.json(PeoplePanel.request("nobody", "/api/v1/session"), "POST",
            "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}"));
    }

    private static HttpRequest.Builder project(final HttpResponse<String> session) throws IOException {
        return PeoplePanel.json(with(session, "/api/v1/projects/csrf"), "PUT", "{\"vms\":[]}");
    }

    /** A request as a browser sends it that was given these cookies. */
    private static HttpRequest.Builder with(final HttpResponse<String> session, final String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(PeoplePanel.panel().url() + path))
            .header("Cookie", cookies(session).stream().map(cookie -> cookie.split(";")[0]).collect(Collectors.joining("; ")));
    }

    private static String xsrf(final HttpResponse<String> session) {
        return cookies(session).stream().filter(cookie -> cookie.startsWith("XSRF-TOKEN=")).findFirst().orElseThrow().split("[=;]")[1];
    }

    private static List<String> cookies(final HttpResponse<String> session) {
        assertThat(session.statusCode()).as(session.body()).isBetween(200, 204);
        return session.headers().allValues("Set-Cookie");
    }
}
