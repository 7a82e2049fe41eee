package io.livemr.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.livemr.lab.disk.DataDisk;
import io.livemr.lab.ssh.GuestCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of data disk that LabIT has not, one VM each: what the guest sees is what was asked for. */
class DataDiskIT {
    private static final String INLINE = "vm1";
    private static final String JOURNALED = "vm2";
    private static final String BACKED = "vm3";
    private static final String BACKED_PARTITION = "vm4";
    private static final String XFS = "vm5";

    @TempDir
    private static Path folder;
    private static Lab lab;

    @BeforeAll
    static void bringUp() {
        assumeThat(Path.of("/usr/sbin/libvirtd")).as("Debian package libvirt-daemon-system").exists();
        assumeThat(Path.of("/usr/sbin/sfdisk")).as("Debian package fdisk").exists();
        assumeThat(System.getProperty("user.name")).as("libvirt and the guest image need root").isEqualTo("root");
        lab = Lab.up(LabSpec.of(5).name("diskit").state(folder.resolve("lab"))
                .dataDisk(INLINE, DataDisk.qcow2().withFeatures("inline_data").withBlockBytes(4096).withZeroClusters())
                .dataDisk(JOURNALED, DataDisk.raw().withBlockBytes(1024).withMountOptions("data=journal"))
                .dataDisk(BACKED, DataDisk.qcow2().withBackingFile().withClusterBytes(65_536))
                .dataDisk(BACKED_PARTITION, DataDisk.qcow2().withBackingFile().partitioned(2049))
                .dataDisk(XFS, DataDisk.qcow2().xfs()), System.out::println);
    }

    @AfterAll
    static void takeDown() {
        if (lab != null) {
            lab.down();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {INLINE, JOURNALED, BACKED, BACKED_PARTITION, XFS})
    void shouldLetAliceWriteToData(final String vm) {
        lab.vm(vm).run(GuestCommand.of("cat > /data/f && sync /data/f").as("alice").stdin("some bytes")).orThrow();

        assertThat(lab.vm(vm).exec("stat -c %U /data/f; cat /data/f").orThrow()).isEqualTo("alice\nsome bytes");
    }

    @Test
    void shouldKeepASmallFileInItsInode() {
        final LabVm vm = lab.vm(INLINE);

        vm.exec("echo tiny > /data/tiny && sync").orThrow();

        assertThat(vm.exec("filefrag -v /data/tiny").stdout()).contains("inline");
    }

    @Test
    void shouldMountWithTheOptionsAndBlocksAskedFor() {
        final LabVm vm = lab.vm(JOURNALED);

        assertThat(vm.exec("grep ' /data ' /proc/mounts").orThrow()).contains("data=journal");
        assertThat(vm.exec("stat -f -c %S /data").orThrow()).isEqualTo("1024");
    }

    @Test
    void shouldStartThePartitionOfABackedDiskWhereAsked() {
        assertThat(lab.vm(BACKED_PARTITION).exec("cat /sys/class/block/sd?1/start").orThrow()).isEqualTo("2049");
    }

    @Test
    void shouldMountXfs() {
        assertThat(lab.vm(XFS).exec("grep ' /data ' /proc/mounts").orThrow()).contains(" xfs ");
    }
}
