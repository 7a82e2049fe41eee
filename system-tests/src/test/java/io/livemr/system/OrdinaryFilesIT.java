package io.livemr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.livemr.lab.LabMode;
import io.livemr.lab.host.PatchedBuild;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The patched kernel's ext4 does for those who grant nothing what it did before: {@code ext4-patches/tests/smoke/run.sh}. */
class OrdinaryFilesIT {
    private static final Path SMOKE = Path.of("..", "ext4-patches", "tests", "smoke", "run.sh");

    @Test
    void shouldKeepEveryFileInEveryModeOfExt4AndAfterACrash() throws Exception {
        assumeTrue(Site.MODE == LabMode.PATCHED, "the guest's kernel is a stock one: -Dmode=patched");
        final PatchedBuild build = new PatchedBuild(System.out::println);
        final ProcessBuilder smoke = new ProcessBuilder(SMOKE.toString(), build.kernel().toString()).redirectErrorStream(true);
        smoke.environment().put("QEMU", build.qemu().toString());
        smoke.environment().put("SEED", Long.toString(Math.floorMod(Seeds.next("OrdinaryFilesIT"), 1L << 31)));

        final Process running = smoke.start();
        final String said = words(running);

        assertThat(running.waitFor()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.startsWith("smoke: ok "))).as(said).hasSizeGreaterThan(9);
    }

    private static String words(final Process running) throws IOException {
        final String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(said);
        return said;
    }
}
