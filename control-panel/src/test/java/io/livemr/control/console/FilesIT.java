package io.livemr.control.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.FakeComposer;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.Panel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.support.ui.Select;

/** What the console shows of files, their owners' consent and the hosts they are on, while it changes. */
class FilesIT {

    @RegisterExtension
    private static final Console CONSOLE = new Console();

    /** How many pixels of the first chart have exactly the colour of its line. */
    private static final String LINE_PIXELS = """
        const canvas = document.querySelector('.chart canvas');
        const line = getComputedStyle(document.querySelector('.chart')).outlineColor.match(/\\d+/g).map(Number);
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        let count = 0;
        for (let i = 0; i < pixels.length; i += 4) {
          count += line.every((value, n) => pixels[i + n] === value) && pixels[i + 3] === 255;
        }
        return count""";

    private final Browser browser = CONSOLE.browser();
    private final FakeComposer composer = CONSOLE.running().composer();
    private final Panel panel = CONSOLE.running().panel();
    private String id;

    /** Its second file is never granted: the job waits. */
    @BeforeEach
    void ask() throws Exception {
        browser.size(1280, false);
        id = panel.submitted(JobJars.of(Scripted.class), Map.of("mainClass", Scripted.class.getName(), 
            "inputs", List.of(Map.of("vm", "vm1", "path", "/ask-files.log"), Map.of("vm", "vm1", "path", "/ask-other.log"))));
        panel.awaitState(id, "AWAITING_CONSENT");
    }

    @AfterEach
    void kill() throws Exception {
        composer.failWith(0);
        panel.delete("/api/v1/jobs/" + id);
        panel.awaitCleanedUp(id);
    }

    @Test
    void shouldSayWhoMustAnswerAndWhatWasAnswered() throws Exception {
        browser.openSignedIn("/consent");
        assertThat(browser.see(".request", "/ask-files.log").getText()).contains("livemr asks to read it", "alice must answer inside vm1",
            "livemr-grant /ask-files.log --yes");

        composer.set("/ask-files.log", "LIVE", "");

        assertThat(browser.see("tr:has([data-state=GRANTED])", "/ask-files.log").getText()).contains("alice");
        assertThat(browser.see("main").getText()).doesNotContain("livemr-grant /ask-files.log");
    }

    @Test
    void shouldPlotHowAFileGrowsAndHowFarBehindItIs() throws Exception {
        composer.set("/ask-files.log", "LIVE", "");
        browser.openSignedIn("/files");
        browser.press("vm1:/ask-files.log");
        browser.see("figcaption", "11 B");
        browser.see("figcaption", "17 ms");

        grow(20_000, "20 KiB");
        grow(60_000, "59 KiB");
        grow(70_000, "68 KiB");

        assertThat(browser.see(".chart").getDomAttribute("aria-label")).isEqualTo("Size over time, now 68 KiB");
        await().until(() -> (Long) browser.run(LINE_PIXELS) > 10);
        browser.keepPicture("files-growing-1280");
        browser.press("Submit a job on it");
        browser.see(".chosen", "vm1:/ask-files.log");
    }

    @Test
    void shouldSayWhoReadWhatByWhoseYes() throws Exception {
        composer.set("/ask-files.log", "LIVE", "");
        browser.openSignedIn("/audit");
        await().until(() -> panel.get("/api/v1/audit?event=FILE_GRANTED&path=/ask-files.log").body().contains("ask-files.log"));

        browser.type("#path", "/ask-files.log");
        new Select(browser.see("#event")).selectByVisibleText("Granted");
        browser.press("Show");

        await().until(() -> !browser.has("[data-state=FILE_ASKED]"));
        assertThat(browser.see("tr:has([data-state=FILE_GRANTED])", "vm1:/ask-files.log").getText()).contains("job " + id.substring(0, 8));
    }

    @Test
    void shouldNameTheHostThatGivesNoAnswer() throws Exception {
        browser.openSignedIn("/hosts");
        browser.see(".card:has([data-state=REACHABLE])", composer.url());
        browser.see("tr", "vm2");

        composer.failWith(503);

        browser.see(".card:has([data-state=FAILING])", "scripted");
        browser.open("/files");
        browser.see("[role=status]", composer.url());
    }

    private void grow(final long lengthBytes, final String shown) {
        composer.files().values().stream().filter(file -> file.toString().contains("/ask-files.log")).forEach(file -> file.put("lengthBytes", lengthBytes));
        browser.see("figcaption", shown);
    }
}
