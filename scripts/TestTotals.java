import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Adds up all test reports below a folder: Surefire's and Failsafe's XML, and {@code target/check/NAME.exit}.
 *
 * <p>Started as {@code java scripts/TestTotals.java FOLDER}, so that it works when no module compiles. Names each failed
 * test and, with its reason, each skipped one; the last line is {@code N passed, N failed, N skipped}. The exit code
 * is 0 only if something passed and nothing failed.
 */
final class TestTotals {
    /** An assertion says on the first line what it expected and on one of the next what it got. */
    private static final int REASON_LINES = 5;

    private int passed;
    private final TreeSet<String> failed = new TreeSet<>();
    private final TreeSet<String> skipped = new TreeSet<>();

    public static void main(final String[] args) throws Exception {
        final TestTotals totals = new TestTotals();
        final Path root = Path.of(args[0]);
        for (final Path report : reportsBelow(root)) {
            totals.addReport(report);
        }
        totals.addChecks(root.resolve("target/check"));
        System.exit(totals.print());
    }

    private static List<Path> reportsBelow(final Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files
                .filter(file -> file.getParent() != null && file.getParent().toString().endsWith("-reports"))
                .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                .sorted()
                .toList();
        }
    }

    private void addReport(final Path report) throws Exception {
        final NodeList cases = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(report.toFile()).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            addCase((Element) cases.item(i));
        }
    }

    private void addCase(final Element test) {
        final String name = test.getAttribute("classname") + "." + test.getAttribute("name");
        final NodeList skips = test.getElementsByTagName("skipped");
        if (has(test, "failure") || has(test, "error")) {
            failed.add(name + ": " + reasonIn(test, has(test, "failure") ? "failure" : "error"));
        } else if (skips.getLength() > 0) {
            skipped.add(name + ": " + reasonIn(test, "skipped"));
        } else {
            passed++;
        }
    }

    private static boolean has(final Element test, final String tag) {
        return test.getElementsByTagName(tag).getLength() > 0;
    }

    /** The beginning of the message on one line, without JUnit's own words before the reason that the test gave. */
    private static String reasonIn(final Element test, final String tag) {
        final Element element = (Element) test.getElementsByTagName(tag).item(0);
        final String message = element.getAttribute("message");
        final String text = (message.isBlank() ? element.getTextContent() : message).strip();
        final String first = text.lines().map(String::strip).filter(line -> !line.isEmpty()).limit(REASON_LINES).collect(Collectors.joining(" "));
        return first.isEmpty() ? "no reason given" : first.replaceFirst("^(Assumption failed: |org\\.opentest4j\\.TestAbortedException: )+", "");
    }

    /** A check that ends with 0 and says {@code skipped: reason} did not run; any other exit code is a failure. */
    private void addChecks(final Path folder) throws IOException {
        final List<Path> exits = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".exit")).sorted().forEach(exits::add);
        }
        for (final Path exit : exits) {
            addCheck(exit.getFileName().toString().replace(".exit", ""), exit);
        }
    }

    private void addCheck(final String name, final Path exit) throws IOException {
        final Path log = exit.resolveSibling(name + ".log");
        final String words = Files.exists(log) ? Files.readString(log) : "";
        if (!Files.readString(exit).strip().equals("0")) {
            failed.add("check " + name + ": see " + log);
        } else if (words.startsWith("skipped: ")) {
            skipped.add("check " + name + ": " + words.lines().findFirst().orElse("").substring("skipped: ".length()));
        } else if (!name.equals("maven")) {
            passed++;
        }
    }

    private int print() {
        failed.forEach(test -> System.out.println("failed: " + test));
        skipped.forEach(test -> System.out.println("skipped: " + test));
        System.out.printf("%d passed, %d failed, %d skipped%n", passed, failed.size(), skipped.size());
        return failed.isEmpty() && passed > 0 ? 0 : 1;
    }
}
