package io.livemr.control.console;

import static org.awaitility.Awaitility.await;

import io.livemr.control.support.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window, used as a person uses it: by what can be seen. */
final class Browser implements AutoCloseable {

    static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Panel panel;
    private final Path screenshots;
    private final ChromeDriver driver;

    Browser(final Panel panel, final Path screenshots) throws IOException {
        this.panel = panel;
        this.screenshots = Files.createDirectories(screenshots);
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(), options());
    }

    ChromeDriver driver() {
        return driver;
    }

    /** @param page what follows # in the address. */
    void open(final String page) throws IOException {
        driver.get("about:blank");
        driver.get(panel.url() + "/#" + page);
    }

    /** As the installation itself. */
    void openSignedIn(final String page) throws IOException {
        open(page);
        if (!panel.token().equals(run("return sessionStorage.getItem('livemr-token')"))) {
            driver.manage().deleteAllCookies();
            run("sessionStorage.setItem('livemr-token', arguments[0])", panel.token());
            driver.navigate().refresh();
        }
    }

    void openAs(final String account, final String page) throws IOException {
        openAsNobody(page);
        type("#name", account);
        type("#password", Console.PASSWORD);
        press("Sign in");
        see(".who", account);
    }

    void openAsNobody(final String page) throws IOException {
        driver.get(panel.url() + "/console/icon.svg");
        driver.manage().deleteAllCookies();
        run("sessionStorage.clear()");
        open(page);
        see("h1", "Sign in");
    }

    Object run(final String script, final Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    void size(final int widthPixels, final boolean isDark) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", widthPixels, "height", 800, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
    }

    void connection(final boolean isThere) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.emulateNetworkConditions", Map.of("offline", !isThere, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Waits until such an element can be seen with such a text. */
    WebElement see(final String css, final String text) {
        return await(css + " with " + text).atMost(PATIENCE).ignoreException(StaleElementReferenceException.class)
            .until(() -> driver.findElements(By.cssSelector(css)).stream()
                .filter(element -> element.isDisplayed() && element.getText().contains(text)).findFirst(), Optional::isPresent).orElseThrow();
    }

    WebElement see(final String css) {
        return see(css, "");
    }

    void press(final String text) {
        see("button, a, summary", text).click();
    }

    void type(final String css, final String text) {
        final WebElement control = see(css);
        control.clear();
        control.sendKeys(text);
    }

    boolean has(final String css) {
        return !driver.findElements(By.cssSelector(css)).isEmpty();
    }

    /** Errors of scripts and whatever the content security policy stopped; a status such as 404 is not one. */
    List<String> mistakes() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage)
            .filter(message -> !message.contains("Failed to load resource")).toList();
    }

    void keepPicture(final String name) throws IOException {
        Files.write(screenshots.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static ChromeOptions options() {
        final LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.SEVERE);
        final ChromeOptions options = new ChromeOptions();
        // The sandbox needs a user other than root; the pages are our own.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars");
        options.setBinary("/usr/bin/chromium");
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }
}
