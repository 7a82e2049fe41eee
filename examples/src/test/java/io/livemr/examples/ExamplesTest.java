package io.livemr.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both jobs on Hadoop's local runner; the oracle is the shell's own tools. Texts are Latin-1, so that every byte is one character. */
class ExamplesTest {

    @TempDir
    private Path folder;
    private Path input;

    @BeforeEach
    void makeInputFolder() throws IOException {
        input = Files.createDirectory(folder.resolve("input"));
    }

    @Test
    void shouldCountWordsSplitAtAsciiWhiteSpaceOnly() throws Exception {
        write("a.txt", "one\ttwo  one\r\nthree\fone\n\u000bvertical \u0085next no\u00a0break\n");

        assertThat(run(new WordCount(), input, folder.resolve("out")))
            .containsExactly("\u000bvertical\t1", "no\u00a0break\t1", "one\t3", "three\t1", "two\t1", "\u0085next\t1");
    }

    @Test
    void shouldCountRandomBytesAsTheShellDoes() throws Exception {
        final long seed = Long.parseLong(seedOr(System.nanoTime()));
        System.out.println("replay: -Dseed=" + seed);
        final Random random = new Random(seed);
        for (final String name : List.of("a", "sub/b", "sub/deeper/c")) {
            write(name, randomText(random, 200_000));
        }

        final List<String> counted = run(new WordCount(), input, folder.resolve("out"),
            "-Dmapreduce.input.fileinputformat.split.maxsize=65536");

        assertThat(counted).isEqualTo(shell("cat a sub/b sub/deeper/c | tr -s ' \\t\\r\\f' '\\n' | grep -av '^$' | sort | uniq -c"));
    }

    @Test
    void shouldSkipHiddenFilesAsStockHadoopDoes() throws Exception {
        write("_SUCCESS", "no");
        write(".hidden", "no");
        write("seen", "yes");

        assertThat(run(new WordCount(), input, folder.resolve("out"))).containsExactly("yes\t1");
    }

    @Test
    void shouldCountMatchesAsGrepDoes() throws Exception {
        write("log", "GET /a 200\nGET /b 404 404\nPOST /a 500\n");

        final List<String> counted = run(new Grep(), "[0-9]{3}", input, folder.resolve("out"));

        assertThat(counted).containsExactly("200\t1", "404\t2", "500\t1")
            .isEqualTo(shell("grep -oE '[0-9]{3}' log | sort | uniq -c"));
    }

    @Test
    void shouldTakeAPatternThatLooksLikeAReference() throws Exception {
        write("log", "root: $user.name ?\n");

        assertThat(run(new Grep(), "[${user.name}]{4,}", input, folder.resolve("out"))).containsExactly("$user.name\t1");
    }

    @Test
    void shouldRefuseWrongUse() throws Exception {
        assertThat(ToolRunner.run(local(), new WordCount(), new String[] {"input"})).isEqualTo(2);
        assertThat(ToolRunner.run(local(), new Grep(), new String[] {"(", "input", "output"})).isEqualTo(2);
    }

    private List<String> run(final Tool tool, final Path in, final Path out, final String... generic) throws Exception {
        return run(tool, Stream.concat(Stream.of(generic), Stream.of(in.toString(), out.toString())), out);
    }

    private List<String> run(final Tool tool, final String regex, final Path in, final Path out) throws Exception {
        return run(tool, Stream.of(regex, in.toString(), out.toString()), out);
    }

    private List<String> run(final Tool tool, final Stream<String> args, final Path out) throws Exception {
        assertThat(ToolRunner.run(local(), tool, args.toArray(String[]::new))).isZero();
        return lines(Files.readAllBytes(out.resolve("part-r-00000")));
    }

    private Configuration local() {
        final Configuration configuration = new Configuration();
        configuration.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
        return configuration;
    }

    private List<String> shell(final String pipe) throws Exception {
        final ProcessBuilder builder = new ProcessBuilder("bash", "-c", pipe + " | sed -E 's/^ *([0-9]+) (.*)$/\\2\\t\\1/'");
        builder.directory(input.toFile()).environment().put("LC_ALL", "C");
        return lines(builder.start().getInputStream().readAllBytes());
    }

    private void write(final String name, final String latin1) throws IOException {
        Files.createDirectories(input.resolve(name).getParent());
        Files.write(input.resolve(name), latin1.getBytes(ISO_8859_1));
    }

    /** Words of any bytes but NUL, with much white space of all kinds between them; lines end in a line feed. */
    private static String randomText(final Random random, final int lengthBytes) {
        final StringBuilder text = new StringBuilder("x");
        random.ints(lengthBytes, 0, 300)
            .forEach(i -> text.append(i > 255 ? " \t\r\f\n".charAt(i % 5) : i > 4 ? (char) (i % 6 + (i % 2 == 0 ? 0xfa : 'a')) : '\n'));
        return text.append('\n').toString();
    }

    private static List<String> lines(final byte[] bytes) {
        return Stream.of(new String(bytes, ISO_8859_1).split("\n")).sorted(Comparator.naturalOrder()).toList();
    }

    private static String seedOr(final long fallback) {
        final String given = System.getProperty("seed", "");
        return given.isBlank() ? Long.toString(fallback) : given;
    }
}
