package io.livemr.control.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.Panel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each page in a wide and in a narrow window, light and dark: fit for screen readers, no wider than the window, and a picture for docs/console.md. */
class PagesIT {

    @RegisterExtension
    private static final Console CONSOLE = new Console();

    /** What its surroundings cut off, but for .cut, which ends in dots. */
    private static final String CLIPPED = """
        return [...document.querySelectorAll('#app *')].filter(one => getComputedStyle(one).overflowX === 'hidden'
          && one.scrollWidth > one.clientWidth && !one.matches('.cut, .unseen')).map(one => one.outerHTML.slice(0, 200))""";

    private static String running;
    private static String waiting;

    @BeforeAll
    static void fill() throws Exception {
        final Panel panel = CONSOLE.running().panel();
        panel.guestFile("vm1", "/data/web/access.log", "one two\n");
        running = panel.submitted(JobJars.of(Scripted.class), job("Words of the web logs",
            List.of("print=INFO mapreduce.Job: Running job: job_local2026_0001", "print=INFO mapreduce.Job:  map 100% reduce 67%",
                "print=INFO output.FileOutputCommitter: Saved output of task to " + "/livemr/jobs/words/output/_temporary".repeat(6), "await=/never"),
            Map.of("vm", "vm1", "path", "/data/web/access.log")));
        waiting = panel.submitted(JobJars.of(Scripted.class), job("Nightly count", List.of("exit=3"),
            Map.of("vm", "vm1", "path", "/data/ask" + "/archive-of-last-year".repeat(8)), Map.of("vm", "vm2", "path", "/var/log/ask.log")));
        panel.awaitState(running, "RUNNING");
    }

    @AfterAll
    static void kill() throws Exception {
        for (final String job : List.of(running, waiting)) {
            CONSOLE.running().panel().delete("/api/v1/jobs/" + job);
            CONSOLE.running().panel().awaitCleanedUp(job);
        }
    }

    @ParameterizedTest
    @CsvSource({"sign-in,/,h1,Sign in", "jobs,/jobs,tr,Words of the web logs", "jobs-none,/jobs?show=Killed&page=9,h2,Nothing here", "job,/jobs/{job},.log,Saved output",
        "submit,/submit,option,vm1", "problem,/jobs/nothing,[role=alert],no_such_job",
        "consent,/consent,.request,/var/log/ask.log", "files,/files,td,access.log", "hosts,/hosts,td,vm2", "audit,/audit,td,access.log"})
    void shouldBeFitForEverybodyInEachWindow(final String name, final String page, final String css, final String text) throws Exception {
        if (name.equals("sign-in")) {
            signOut();
        } else {
            CONSOLE.browser().openSignedIn(page.replace("{job}", running));
        }
        CONSOLE.browser().see(css, text);

        check(name, 1280, false);
        check(name, 390, true);
    }

    @Test
    void shouldBeFitForEverybodyWhoChangesThePassword() throws Exception {
        CONSOLE.browser().size(1280, false);    // a narrow window shows no name by which the browser sees that it is signed in
        CONSOLE.browser().openAs("viewer", "/password");
        CONSOLE.browser().see("h1", "Change the password");

        check("password", 1280, false);
        check("password", 390, true);
    }

    @SafeVarargs
    private static Map<String, Object> job(final String name, final List<String> args, final Map<String, String>... inputs) {
        return Map.of("name", name, "mainClass", Scripted.class.getName(), "args", args, "properties", Map.of("mapreduce.job.reduces", "2"),
            "inputs", List.of(inputs));
    }

    private static void signOut() throws Exception {
        CONSOLE.browser().openSignedIn("/jobs");
        CONSOLE.browser().press("Sign out");
    }

    private static void check(final String name, final int widthPixels, final boolean isDark) throws Exception {
        final Browser browser = CONSOLE.browser();
        browser.size(widthPixels, isDark);
        browser.keepPicture(name + "-" + widthPixels);

        await().untilAsserted(() -> assertThat(browser.run(CLIPPED)).asInstanceOf(LIST).isEmpty());
        assertThat((Long) browser.run("return document.scrollingElement.scrollWidth")).isLessThanOrEqualTo(widthPixels);
        assertThat(new AxeBuilder().disableIframeTesting().analyze(browser.driver()).getViolations())
            .extracting(Rule::getId, rule -> rule.getNodes().toString()).isEmpty();
    }
}
