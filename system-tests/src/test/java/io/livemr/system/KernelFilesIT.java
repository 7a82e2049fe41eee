package io.livemr.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.livemr.composer.fsmap.KernelFiles;
import io.livemr.extent.ExtentMap;
import io.livemr.lab.GuestProgram;
import io.livemr.lab.Lab;
import io.livemr.lab.LabMode;
import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import io.livemr.system.guest.KernelNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** The composer's fsmap back end on a VM that plays the compute node: the kernel of a host that runs tests cannot be replaced. */
class KernelFilesIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private static Path folder;
    private static Lab lab;
    private static GuestProgram node;

    @BeforeAll
    static void up() {
        assumeTrue(Site.MODE == LabMode.PATCHED, "the back end needs the patched kernel: -Dmode=patched");
        lab = Lab.up(LabSpec.of(1).mode(Site.MODE).name("kernelfiles").state(folder.resolve("lab")));
        final LabVm vm = lab.vm("vm1");
        vm.exec("mkdir -p /data/node").orThrow();
        node = GuestProgram.install(vm, KernelNode.class)
            .with(List.of(Jars.of(KernelFiles.class), Jars.of(ExtentMap.class), Jars.of(com.sun.jna.Native.class), Jars.of(Logger.class)));
    }

    @AfterAll
    static void down() {
        Stream.ofNullable(lab).forEach(Lab::close);
    }

    @Test
    void shouldShowEveryByteOfTheImageWhileAFileGrowsPastTheSegmentsOfOneMap() {
        play("grow");
    }

    @Test
    void shouldShowSourcesOnTwoImagesOneAfterTheOther() {
        play("images");
    }

    @Test
    void shouldGiveNoByteAndNoEndOfFileOnceAFileIsWithdrawn() {
        play("withdraw");
    }

    @Test
    void shouldRefuseByNameWhatTheKernelCannotKeepTrue() {
        play("refuse");
    }

    @Test
    void shouldWithdrawAFileWhenQemuLeavesItsImage() {
        play("inactive");
    }

    @Test
    void shouldLeaveNothingReadableWhenTheComposerIsKilled() {
        play("killed");
    }

    private static void play(final String scenario) {
        node.run(LIMIT, "/data/node", Long.toString(Seeds.next("KernelFilesIT." + scenario)), scenario);
    }
}
