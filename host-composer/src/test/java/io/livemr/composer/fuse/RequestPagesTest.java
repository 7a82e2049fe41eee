package io.livemr.composer.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestPagesTest {

    @TempDir
    private Path folder;

    @Test
    void shouldRaiseALowerLimit() throws IOException {
        final Path limit = limit("256\n");

        assertThat(RequestPages.raised(limit)).isEqualTo(1024);
        assertThat(limit).hasContent("1024");
    }

    @Test
    void shouldLeaveAHigherLimitAndTakeNoMoreThanItWants() throws IOException {
        final Path limit = limit("4096\n");

        assertThat(RequestPages.raised(limit)).isEqualTo(1024);
        assertThat(limit).hasContent("4096\n");
    }

    @Test
    void shouldTakeWhatKernelsWithoutTheSettingGive() {
        assertThat(RequestPages.raised(folder.resolve("none"))).isEqualTo(256);
    }

    private Path limit(final String text) throws IOException {
        return Files.writeString(folder.resolve("max_pages_limit"), text);
    }
}
