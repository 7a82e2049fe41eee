package io.livemr.control.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.livemr.control.support.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Uploaded jars: {@code scripts/fuzz.sh} mutates them, led by coverage; else what lies in the resources is tried. */
class JarInspectorFuzzTest {

    @TempDir
    private static Path folder;

    @FuzzTest
    void shouldTakeOrRefuseAJarByReason(final byte[] bytes) throws IOException {
        final Path jar = Files.write(folder.resolve("job.jar"), bytes);
        final JarInspector inspector = new JarInspector(TestSettings.of(folder, "jars.entry-limit", "10", "jars.unpacked-limit", "100000B"));
        try {
            assertThat(inspector.inspect(jar, null).name()).isNotBlank();
        } catch (final RejectedJarException refused) {
            assertThat(refused.reason()).isNotNull();
        }
    }
}
