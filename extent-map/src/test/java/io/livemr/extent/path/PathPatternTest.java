package io.livemr.extent.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "/data/*.log, /data/a.log, true", "/data/*.log, /data/.log, false", "/data/*.log, /data/x/a.log, false", "/data/*.log, /data/a.log.1, false",
        "/data/a?c, /data/abc, true", "/data/a?c, /data/ac, false", "/data/a*b*c, /data/aXbYbZc, true", "/data/a*b*c, /data/aXcYb, false",
        "/data/**/a.log, /data/a.log, true", "/data/**/a.log, /data/x/y/a.log, true", "/data/**/a.log, /data/x/b.log, false",
        "/data/**/*, /data/x/.hidden/a, false", "/data/**/x/**/*, /data/a/x/b/c, true", "/**/a*, /a1, true", "/data/.*, /data/.profile, true",
        "/data/*, /data/a[1]{b}, true", "/data/[ab]*, /data/a, false", "/data/[ab]*, /data/[ab]1, true", "/d*/x, /data/x, true", "/d*/x, /x, false",
        "/data/***/a, /data/b/a, true", "/data/***/a, /data/b/c/a, false",
    })
    void shouldMeanTheFilesThatAShellWould(final String pattern, final String path, final boolean meant) throws Exception {
        assertThat(PathPattern.parse(pattern).matches(path)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data/*", "/", "/data/a", "/data//*", "/data/../*", "/data/./*", "/data/*/", "/data/**", "/data/\n*", "/data/\uFFFD*"})
    void shouldRefuseWhatIsNoPattern(final String pattern) {
        assertThatThrownBy(() -> PathPattern.parse(pattern)).isInstanceOf(BadPatternException.class);
    }

    @ParameterizedTest
    @CsvSource({"/data/logs/*.log, /data/logs", "/*, /", "/data/**/a, /data", "/data/a?/b, /data"})
    void shouldKnowTheFolderAboveAllOfThem(final String pattern, final String folder) throws Exception {
        assertThat(PathPattern.parse(pattern).folder()).isEqualTo(folder);
    }

    @ParameterizedTest
    @CsvSource({"/data/*/*.log, /data/x, true", "/data/*/*.log, /data/x/y, false", "/data/*.log, /data/x, false", "/data/**/a, /data/x/y, true",
        "/data/**/a, /data/.x, false", "/*, /, true"})
    void shouldKnowWhichFoldersToLookInto(final String pattern, final String folder, final boolean leads) throws Exception {
        assertThat(PathPattern.parse(pattern).leadsInto(folder)).isEqualTo(leads);
    }

    /** The JDK's matcher, where both speak the same language. */
    @Test
    void shouldAgreeWithTheJdkOnNamesWithoutDots() throws Exception {
        final long seed = Long.getLong("seed", System.nanoTime());
        final Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            final String name = text(random, "ab", 8);
            final String wild = text(random, "ab*?", 6) + "*";
            if (!wild.contains("**")) {
                assertThat(PathPattern.parse("/d/" + wild).matches("/d/" + name)).as("replay: -Dseed=" + seed + " " + wild + " " + name)
                    .isEqualTo(FileSystems.getDefault().getPathMatcher("glob:/d/" + wild).matches(Path.of("/d/" + name)));
            }
        }
    }

    @Test
    void shouldTakeNoLongerForAPatternThatWasMadeToTakeLong() throws Exception {
        final PathPattern pattern = PathPattern.parse("/" + "**/".repeat(60) + "a*".repeat(120) + "b*");
        final String path = "/x".repeat(300) + "/" + "a".repeat(255);

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(pattern.matches(path)).isFalse());
    }

    private static String text(final Random random, final String letters, final int longest) {
        final StringBuilder text = new StringBuilder();
        final int length = 1 + random.nextInt(longest);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
