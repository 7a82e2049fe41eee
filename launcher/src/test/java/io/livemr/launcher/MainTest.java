package io.livemr.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.launcher.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"demo", "up", "submit", "jobs", "job", "logs", "log", "kill", "rerun", "files", "grants", "vms", "hosts", "compose", "hdfs", "lab", "bench", "doctor"})
    void shouldExplainEveryVerb(final String verb) {
        final StringWriter words = new StringWriter();

        final int code = Main.commandLine().setOut(new PrintWriter(words)).execute("help", verb);

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(words.toString()).contains("Usage: livemr " + verb);
    }

    @Test
    void shouldCompleteVerbsInAShell() {
        final StringWriter script = new StringWriter();

        final int code = Main.commandLine().setOut(new PrintWriter(script)).execute("generate-completion");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(script.toString()).contains("complete").contains("rerun").contains("--token-file");
    }

    @Test
    void shouldSayThatNoStackRunsAndHowToStartOne() {
        assertThat(Main.commandLine().execute("jobs", "--state", folder.toString())).isEqualTo(ExitCode.NO_STACK);
    }

    @Test
    void shouldLeaveHadoopsOwnOptionsToHadoop() {
        final CommandLine.ParseResult parsed = Main.commandLine().parseArgs("hdfs", "--state", "/s", "-ls", "-R", "--output", "/");

        assertThat(parsed.subcommand().matchedPositional(0).originalStringValues()).containsExactly("-ls", "-R", "--output", "/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vm1", ":/data/log", "vm1:", "vm1:data/log"})
    void shouldRefuseAnInputThatNamesNoFileOfAVm(final String input) {
        final int code = Main.commandLine().setErr(new PrintWriter(new StringWriter())).execute("compose", "--state", folder.toString(), input, "/x");

        assertThat(code).isEqualTo(ExitCode.WRONG_USE);
    }
}
