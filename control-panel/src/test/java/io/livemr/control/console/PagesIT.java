package io.livemr.control.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.Panel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
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

    private static String job;

    @BeforeAll
    static void fill() throws Exception {
        final Panel panel = CONSOLE.running().panel();
        final Map<String, Object> words = Map.of("name", "Words of the web logs", "mainClass", Scripted.class.getName(),
            "args", List.of("print=INFO mapreduce.Job:  map 100% reduce 67%", "print=" + "long".repeat(200)),
            "properties", Map.of("mapreduce.job.reduces", "2"), "inputs", List.of(Map.of("vm", "vm1", "path", "/data/app.log")));
        job = panel.submitted(JobJars.of(Scripted.class), words);
        panel.submitted(JobJars.of(Scripted.class), Map.of("name", "Nightly count", "mainClass", Scripted.class.getName(), "args", List.of("exit=3"),
            "inputs", List.of(Map.of("vm", "vm1", "path", "/ask-" + "very-long-name".repeat(12)), Map.of("vm", "vm2", "path", "/var/log/ask.log"))));
        panel.awaitState(job, "SUCCEEDED");
    }

    @ParameterizedTest
    @CsvSource({"sign-in,/,h1,Sign in", "jobs,/jobs,tr,Words of the web logs", "jobs-none,/jobs?show=Killed&page=9,h2,Nothing here", "job,/jobs/{job},.log,longlong",
        "submit,/submit,option,vm1", "problem,/jobs/nothing,[role=alert],no_such_job"})
    void shouldBeFitForEverybodyInEachWindow(final String name, final String page, final String css, final String text) throws Exception {
        if (name.equals("sign-in")) {
            signOut();
        } else {
            CONSOLE.browser().openSignedIn(page.replace("{job}", job));
        }
        CONSOLE.browser().see(css, text);

        check(name, 1280, false);
        check(name, 390, true);
    }

    private static void signOut() throws Exception {
        CONSOLE.browser().openSignedIn("/jobs");
        CONSOLE.browser().press("Sign out");
    }

    private static void check(final String name, final int widthPixels, final boolean isDark) throws Exception {
        final Browser browser = CONSOLE.browser();
        browser.size(widthPixels, isDark);
        browser.keepPicture(name + "-" + widthPixels);

        assertThat((Long) browser.run("return document.scrollingElement.scrollWidth")).isLessThanOrEqualTo(widthPixels);
        assertThat(browser.run(CLIPPED)).asInstanceOf(LIST).isEmpty();
        assertThat(new AxeBuilder().disableIframeTesting().analyze(browser.driver()).getViolations()).extracting(Rule::getId, rule -> rule.getNodes().toString()).isEmpty();
    }
}
