package io.livemr.control.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.Panel;
import io.livemr.control.support.TestHadoop;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What a person does with the console, from signing in to the end of a job. */
class ConsoleIT {

    @RegisterExtension
    private static final Console CONSOLE = new Console();

    @TempDir
    private Path folder;
    private Browser browser;
    private Panel panel;

    @BeforeEach
    void take() {
        browser = CONSOLE.browser();
        panel = CONSOLE.running().panel();
        browser.size(1280, false);
        browser.connection(true);
    }

    @Test
    void shouldLetSomebodyInWithTheTokenAndForgetItWithTheTab() throws Exception {
        browser.openAsNobody("/jobs");

        browser.press("Use the token of this installation");
        browser.type("#token", "not-it");
        browser.press("Sign in");
        browser.see("[role=alert]", "That is not the token");
        browser.type("#token", panel.token());
        browser.press("Sign in");

        browser.see("h1", "Jobs");
        final String token = panel.token();
        assertThat(browser.driver().manage().getCookies()).noneMatch(cookie -> cookie.isHttpOnly() || cookie.getValue().contains(token));
        assertThat(browser.run("return JSON.stringify(localStorage)").toString()).doesNotContain(panel.token());
        browser.press("Sign out");
        browser.see("h1", "Sign in");
        assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
    }

    @Test
    void shouldLetAnAccountInAndShowItsProjectUntilItSignsOut() throws Exception {
        browser.openAsNobody("/jobs");
        browser.type("#name", "analyst");
        browser.type("#password", "wrong");
        browser.press("Sign in");
        browser.see("[role=alert]", "Name or password is wrong");
        browser.type("#password", Console.PASSWORD);
        browser.press("Sign in");
        assertThat(browser.see(".who").getText()).isEqualTo("analyst · web");
        assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);

        browser.driver().navigate().refresh();
        browser.see(".who", "analyst");
        browser.press("Sign out");
        browser.see("h1", "Sign in");
        browser.driver().navigate().refresh();
        browser.see("h1", "Sign in");
    }

    @Test
    void shouldLetAnAccountChangeItsPassword() throws Exception {
        final String next = "another long password";
        browser.openAs("changer", "/jobs");
        browser.press("Password");
        browser.type("#oldPassword", "wrong");
        browser.type("#newPassword", next);
        browser.type("#again", "another long passwort");
        browser.press("Change it");
        browser.see("#again-error", "not the new password");
        browser.type("#again", next);
        browser.press("Change it");
        browser.see("#oldPassword-error", "is not the password");
        browser.type("#oldPassword", Console.PASSWORD);
        browser.press("Change it");
        browser.see("[role=status]", "is changed");
        assertThat(browser.see("#newPassword").getDomProperty("value")).isEmpty();

        browser.press("Sign out");
        browser.see("h1", "Sign in");
        browser.type("#name", "changer");
        browser.type("#password", next);
        browser.press("Sign in");

        browser.see(".who", "changer");
    }

    @Test
    void shouldHideFromAViewerWhatItMayNotDo() throws Exception {
        final String id = submittedByAnAnalyst("Looked at", "/ask-viewed");
        browser.openAs("viewer", "/jobs/" + id);

        browser.see("h1", "Looked at");

        assertThat(browser.has("a[href='#/submit']")).isFalse();
        assertThat(browser.has(".actions button")).isFalse();
        browser.open("/submit");
        browser.see("h1", "Jobs");
        browser.open("/hosts");
        browser.see("tr", "vm1");
        assertThat(browser.see("main").getText()).doesNotContain(CONSOLE.running().composer().url());
        panel.delete("/api/v1/jobs/" + id);
    }

    @Test
    void shouldSubmitAJobAndShowItsLifeAndItsLogAsTheyCome() throws Exception {
        final Path go = folder.resolve("go");
        panel.guestFile("vm1", "/ask-console", "x\n");
        browser.openAs("analyst", "/submit");

        browser.see("#jar").sendKeys(jar(JobJars.withMainInManifest(Scripted.class)).toString());
        browser.type("#name", "By hand");
        browser.type("#args", "print=first <b id=evil>\nawait=" + go + "\nprint=second");
        browser.type("#path", "/ask-console" + Keys.ENTER);
        browser.see(".chosen", "vm1:/ask-console");
        browser.press("Submit the job");

        browser.see("h1", "By hand");
        browser.see(".title .badge", "Waiting for owner");
        browser.see("tbody .badge", "Waiting for owner");
        CONSOLE.running().composer().set("/ask-console", "LIVE", "");
        browser.see("tbody .badge", "Live");
        browser.see(".title .badge", "Running");
        browser.see(".log", "first <b id=evil>");
        Files.createFile(go);
        browser.see(".log", "second");
        browser.see(".title .badge", "Succeeded");
        assertThat(browser.see(".log").getText()).isEqualTo("first <b id=evil>\nsecond");
        assertThat(browser.has("#evil")).isFalse();
    }

    @Test
    void shouldSayThatThePanelIsAwayAndMissNothingWhenItIsBack() throws Exception {
        final Path go = folder.resolve("go");
        final String id = panel.submitted(JobJars.of(Scripted.class), Map.of("mainClass", Scripted.class.getName(),
            "args", List.of("print=before", "await=" + go, "print=after"), "inputs", inputs("/data/app.log")));
        browser.openSignedIn("/jobs/" + id);
        browser.see(".log", "before");

        browser.connection(false);
        browser.see(".away-note", "no answer");
        Files.createFile(go);
        panel.awaitState(id, "SUCCEEDED");
        browser.connection(true);

        browser.see(".title .badge", "Succeeded");
        browser.see(".log", "after");
        assertThat(browser.see(".log").getText()).isEqualTo("before\nafter");
        assertThat(browser.driver().findElement(By.cssSelector(".away-note")).isDisplayed()).isFalse();
    }

    @Test
    void shouldShowHowFarHadoopSaysAJobIs() throws Exception {
        final String id = panel.submitted(TestHadoop.examplesJar(), Map.of("mainClass", "io.livemr.examples.WordCount", "inputs", inputs("/data/app.log")));
        browser.openSignedIn("/jobs/" + id);

        browser.see(".title .badge", "Succeeded");

        browser.see(".bars", "Map");
        assertThat(browser.driver().findElements(By.cssSelector(".bars span")).stream().map(WebElement::getText)).containsExactly("100 %", "100 %");
    }

    @Test
    void shouldListJobsThatComeAndEndWhileItIsLookedAt() throws Exception {
        browser.openSignedIn("/jobs");
        browser.see("h1", "Jobs");

        final String id = panel.submitted(JobJars.of(Scripted.class), job("Listed", "/ask-listed"));

        browser.see("tr:has([data-state=AWAITING_CONSENT])", "Listed");
        panel.delete("/api/v1/jobs/" + id);
        browser.see("tr:has([data-state=KILLED])", "Listed");
        browser.press("Succeeded");
        await().atMost(Duration.ofSeconds(30)).until(() -> !browser.has("a[href='#/jobs/" + id + "']"));
    }

    @Test
    void shouldSayBesideTheFieldWhatIsWrongWithIt() throws Exception {
        browser.openSignedIn("/submit");
        browser.see("#jar").sendKeys(jar(JobJars.of(Scripted.class)).toString());
        browser.press("Submit the job");
        browser.see(".error", "A machine, and a path inside it");
        browser.type("#mainClass", Scripted.class.getName());
        browser.type("#path", "/closed/*.log");
        browser.press("Add");
        browser.press("Submit the job");
        browser.see("#inputs-error", "is not there");
        browser.see("[aria-label='Remove vm1:/closed/*.log']").click();
        browser.type("#path", "/data/app.log");
        browser.press("Add");

        browser.type("#mainClass", "1Wrong");
        browser.press("Submit the job");
        browser.see("#mainClass-error", "a class name such as");
        assertThat(browser.see("#mainClass").getDomAttribute("aria-invalid")).isEqualTo("true");

        browser.type("#mainClass", "io.livemr.Nowhere");
        browser.press("Submit the job");
        browser.see("#mainClass-error", "io/livemr/Nowhere.class");

        final Path jar = jar(new byte[100]);
        browser.press("Submit the job");
        browser.see("#jar-error", "choose it again");

        browser.see("#jar").sendKeys(jar.toString());
        browser.press("Submit the job");
        browser.see("#jar-error", "zip");
    }

    @Test
    void shouldKillAJobOnlyAfterAYesAndRunItAgain() throws Exception {
        final String id = submittedByAnAnalyst("Doomed", "/ask-doomed");
        browser.openAs("analyst", "/jobs/" + id);

        browser.press("Kill");
        browser.see("dialog[open] button", "Cancel").click();
        assertThat(panel.job(id).path("killRequested").asBoolean()).isFalse();
        browser.press("Kill");
        browser.see("dialog[open] button", "Kill the job").click();
        browser.see(".title .badge", "Killed");
        browser.press("Run again");

        await().until(() -> !browser.driver().getCurrentUrl().endsWith(id));
        browser.see("h1", "Doomed");
        final String again = browser.driver().getCurrentUrl().replaceAll(".*/", "");
        final JsonNode next = panel.awaitState(again, "AWAITING_CONSENT");
        assertThat(next.at("/inputs/0/path").asText()).isEqualTo("/ask-doomed");
        panel.delete("/api/v1/jobs/" + again);
    }

    @Test
    void shouldSayThatAJobIsNotThere() throws Exception {
        browser.openSignedIn("/jobs/no-such-job");

        browser.see("[role=alert]", "no_such_job");
    }

    @Test
    void shouldAskForTheTokenAgainWhenItIsNoLongerTheOne() throws Exception {
        browser.openSignedIn("/jobs");
        browser.see("h1", "Jobs");

        browser.run("sessionStorage.setItem('livemr-token', 'old')");

        browser.see("h1", "Sign in");
    }

    private String submittedByAnAnalyst(final String name, final String path) throws Exception {
        final String password = Base64.getEncoder().encodeToString(("analyst:" + Console.PASSWORD).getBytes(StandardCharsets.UTF_8));
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(panel.url() + "/api/v1/jobs")).header("Authorization", "Basic " + password);
        final HttpResponse<String> answer = panel.send(panel.submission(request, JobJars.of(Scripted.class), job(name, path)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return new ObjectMapper().readTree(answer.body()).path("id").asText();
    }

    private Path jar(final byte[] bytes) throws Exception {
        return Files.write(folder.resolve("job.jar"), bytes).toAbsolutePath();
    }

    private static Map<String, Object> job(final String name, final String path) {
        return Map.of("name", name, "mainClass", Scripted.class.getName(), "args", List.of("print=x"), "inputs", inputs(path));
    }

    private static List<Map<String, String>> inputs(final String path) {
        return List.of(Map.of("vm", "vm1", "path", path));
    }
}
