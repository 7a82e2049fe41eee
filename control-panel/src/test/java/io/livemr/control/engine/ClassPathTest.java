package io.livemr.control.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {

    private static final String JAVA = "/bin/true";

    @TempDir
    private Path folder;

    private Path jar(final String name) throws Exception {
        return Files.writeString(folder.resolve(name), name);
    }

    private ClassPath all() {
        return ClassPath.ofJars(folder + "/*").orElseThrow();
    }

    @Test
    void shouldNameTheJarsBehindAStarInOrder() throws Exception {
        final List<Path> jars = List.of(jar("a.jar"), jar("b.JAR"));
        jar("c.txt");

        assertThat(ClassPath.ofJars(folder.resolve("b.JAR") + ":" + folder + "/*:/no/such.jar:/no/such/*")).hasValueSatisfying(path ->
            assertThat(path.jars()).containsExactly(jars.get(1), jars.get(0), jars.get(1)));
    }

    @Test
    void shouldBeNoneWhereAnEntryIsAFolderOfClasses() throws Exception {
        assertThat(ClassPath.ofJars(jar("a.jar") + ":" + folder)).isEmpty();
        assertThat(ClassPath.ofJars("")).isEmpty();
    }

    @Test
    void shouldHaveAnotherKeyOnceAJarIsAnother() throws Exception {
        final Path jar = jar("a.jar");
        final String before = all().key(JAVA);
        assertThat(all().key(JAVA)).isEqualTo(before).matches("[0-9a-f]{32}");

        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));
        final String touched = all().key(JAVA);
        jar("b.jar");

        assertThat(touched).isNotEqualTo(before);
        assertThat(all().key(JAVA)).isNotEqualTo(touched);
        assertThat(all().key("/bin/false")).isNotEqualTo(all().key(JAVA));
    }
}
