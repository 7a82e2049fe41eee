package io.livemr.agent.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.denial.DenialReason;
import io.livemr.extent.path.PathPattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWalkTest {
    private static final FolderWalk.Limits WIDE = new FolderWalk.Limits(1_000, 1_000, 100_000);

    @TempDir
    private Path temporary;
    private Path folder;

    @BeforeEach
    void make() throws Exception {
        folder = Files.createDirectories(temporary.toRealPath().resolve("logs"));
        Files.createDirectories(folder.resolve("sub/deep"));
        for (final String name : new String[] {"a.log", "b.log", "c.txt", ".hidden.log", "sub/d.log", "sub/deep/e.log"}) {
            Files.write(folder.resolve(name), new byte[7]);
        }
    }

    private FolderWalk.Findings find(final String pattern, final FolderWalk.Limits limits) throws Exception {
        return new FolderWalk(PathPattern.parse(folder + pattern), path -> !path.endsWith("/b.log"), limits).find();
    }

    private List<String> names(final String pattern) throws Exception {
        return find(pattern, WIDE).files().stream().map(file -> file.path().substring(folder.toString().length())).toList();
    }

    @Test
    void shouldTellRegularFilesThatArePatternedAndMayBeTold() throws Exception {
        assertThat(names("/*.log")).containsExactly("/a.log");
        assertThat(names("/**/*.log")).containsExactly("/a.log", "/sub/d.log", "/sub/deep/e.log");
        assertThat(names("/*/*")).containsExactly("/sub/d.log");
        assertThat(find("/*.txt", WIDE).files()).containsExactly(new FoundFile(folder + "/c.txt", 7));
    }

    @Test
    void shouldFollowNoLinkAndWakeNoPipe() throws Exception {
        Files.createSymbolicLink(folder.resolve("link.log"), folder.resolve("a.log"));
        Files.createSymbolicLink(folder.resolve("around"), folder);
        new ProcessBuilder("mkfifo", folder.resolve("pipe.log").toString()).start().waitFor();

        assertThat(names("/**/*.log")).containsExactly("/a.log", "/sub/d.log", "/sub/deep/e.log");
        assertThatThrownBy(() -> names("/around/*.log")).isInstanceOf(DeniedException.class)
                .extracting(e -> ((DeniedException) e).reason()).isEqualTo(DenialReason.BAD_PATH);
    }

    @Test
    void shouldPassOverNamesThatAreNoPlainText() throws Exception {
        Files.write(folder.resolve("new\nline.log"), new byte[1]);
        Files.write(folder.resolve("escape\u001b[2J.log"), new byte[1]);

        assertThat(names("/*.log")).containsExactly("/a.log");
    }

    @Test
    void shouldSayWhyThereIsNothingToLookInto() {
        assertThatThrownBy(() -> names("/absent/*")).isInstanceOf(DeniedException.class).hasMessageContaining("is not there");
        assertThatThrownBy(() -> names("/a.log/*")).isInstanceOf(DeniedException.class)
                .extracting(e -> ((DeniedException) e).reason()).isEqualTo(DenialReason.NOT_A_FOLDER);
    }

    @Test
    void shouldEndAtEachOfItsLimitsAndSaySo() throws Exception {
        assertThat(find("/**/*.log", new FolderWalk.Limits(1_000, 2, 100_000))).matches(found -> found.truncated() && found.files().size() == 2);
        assertThat(find("/**/*.log", new FolderWalk.Limits(2, 1_000, 100_000)).truncated()).isTrue();
        assertThat(find("/**/*.log", new FolderWalk.Limits(1_000, 1_000, 100)).truncated()).isTrue();
        assertThat(find("/**/*.log", WIDE).truncated()).isFalse();
    }
}
