package io.livemr.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailPointsTest {

    @TempDir
    private Path folder;

    @AfterEach
    void disarm() {
        FailPoints.arm("");
    }

    /** Which of so many passes failed. */
    private static List<Integer> failures(final int passes) {
        final List<Integer> failed = new ArrayList<>();
        for (int pass = 1; pass <= passes; pass++) {
            try {
                FailPoint.STATE_WRITTEN.passOrFail();
            } catch (final IOException e) {
                assertThat(e).hasMessage("fail point state.written");
                failed.add(pass);
            }
        }
        return failed;
    }

    @Test
    void shouldDoNothingWhereNothingIsArmed() {
        FailPoints.arm("state.placed=error");

        assertThat(failures(100)).isEmpty();
    }

    @Test
    void shouldFailEveryPass() {
        FailPoints.arm("state.written=error");

        assertThat(failures(3)).containsExactly(1, 2, 3);
    }

    @Test
    void shouldFailTheNamedPassAlone() {
        FailPoints.arm("state.written=error@2");

        assertThat(failures(5)).containsExactly(2);
    }

    @Test
    void shouldFailTheSamePassesOfTheSameSeed() {
        FailPoints.arm("state.written=error@30%;seed=7");
        final List<Integer> first = failures(1_000);

        FailPoints.arm("seed=7; state.written=error@30%");

        assertThat(first).hasSizeBetween(200, 400);
        assertThat(failures(1_000)).isEqualTo(first);
    }

    @Test
    void shouldNeitherFailNorCountWhileItsFileIsNotThere() throws Exception {
        final Path file = folder.resolve("on");
        FailPoints.arm("state.written=error@2;while=" + file);

        assertThat(failures(3)).isEmpty();
        Files.createFile(file);
        assertThat(failures(3)).containsExactly(2);
    }

    @Test
    void shouldHoldUpThePass() {
        FailPoints.arm("compose.stored=delay:50ms");
        final long began = System.nanoTime();

        FailPoint.COMPOSE_STORED.pass();

        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
    }

    @Test
    void shouldHoldAPassUntilTheFileOfItsPointIsGone() throws Exception {
        final Path file = Files.createFile(folder.resolve("compose.stored"));
        FailPoints.arm("compose.stored=hold;compose.listed=hold;while=" + folder.resolve("{point}"));
        FailPoint.COMPOSE_LISTED.pass();
        final CompletableFuture<Void> passing = CompletableFuture.runAsync(FailPoint.COMPOSE_STORED::pass);
        assertThat(passing).failsWithin(50, TimeUnit.MILLISECONDS);

        Files.delete(file);

        assertThat(passing).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldHoldNoPassForLongerThanIsSaid() throws Exception {
        FailPoints.arm("compose.stored=hold:50ms;while=" + Files.createFile(folder.resolve("on")));
        final long began = System.nanoTime();

        FailPoint.COMPOSE_STORED.pass();

        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(49));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "compose.sorted=kill             | no point is called compose.sorted; there are compose.wished, compose.stored",
        "compose.stored=explode          | write kill, error, delay or hold",
        "compose.stored=kill@0           | must be 1 or more",
        "compose.stored=kill@101%        | no more than 100%",
        "compose.stored=error            | cannot fail; write kill, delay or hold",
        "compose.stored=delay            | write delay:MILLISms",
        "compose.stored=hold             | until when; add while=FILE",
        "compose.stored                  | is not POINT=ACTION",
        "compose.stored=kill;seed=x      | seed=x is not a number",
        "state.placed=kill;state.placed=error | state.placed is there twice" })
    void shouldRefuseAWrongSettingWithTheWayOut(final String setting, final String why) {
        assertThatThrownBy(() -> FailPoints.arm(setting)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LIVEMR_FAIL_POINTS: ").hasMessageContaining(why).hasMessageContaining("docs/fault-injection.md");
    }

    @Test
    void shouldArmNothingOfASettingThatIsWrongInPart() {
        assertThatThrownBy(() -> FailPoints.arm("state.written=error;nonsense")).isInstanceOf(IllegalArgumentException.class);

        assertThatCode(FailPoint.STATE_WRITTEN::passOrFail).doesNotThrowAnyException();
    }
}
