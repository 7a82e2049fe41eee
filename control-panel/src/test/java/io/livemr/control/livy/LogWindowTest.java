package io.livemr.control.livy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWindowTest {

    @TempDir
    private Path folder;

    private LogWindow read(final String log, final long from, final int size) throws Exception {
        return LogWindow.read(Files.writeString(folder.resolve("log"), log), from, size);
    }

    @Test
    void shouldGiveTheLinesThatAreAskedFor() throws Exception {
        assertThat(read("a\nb\nc\nd", 1, 2)).isEqualTo(new LogWindow(1, 4, List.of("b", "c")));
        assertThat(read("a\nb\nc\nd", 3, 9)).isEqualTo(new LogWindow(3, 4, List.of("d")));
        assertThat(read("a\n", 5, 2)).isEqualTo(new LogWindow(1, 1, List.of()));
    }

    @Test
    void shouldGiveTheLastLines() throws Exception {
        assertThat(read("a\nb\nc\n", -1, 2)).isEqualTo(new LogWindow(1, 3, List.of("b", "c")));
        assertThat(read("a\nb\nc\n", -1, 0)).isEqualTo(new LogWindow(3, 3, List.of()));
    }

    @Test
    void shouldHoldNoLineThatIsTooLongToBeHeld() throws Exception {
        assertThat(read("x".repeat(100_000) + "\ny\n", 0, 5).lines()).satisfiesExactly(
            cut -> assertThat(cut).hasSize(10_000), whole -> assertThat(whole).isEqualTo("y"));
    }

    @Test
    void shouldFindNothingInALogThatIsNotThereYet() throws Exception {
        assertThat(LogWindow.read(folder.resolve("absent"), -1, 5)).isEqualTo(new LogWindow(0, 0, List.of()));
    }
}
