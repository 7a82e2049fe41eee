package io.livemr.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.livemr.lab.disk.DataDisk;
import io.livemr.lab.host.HostCommand;
import io.livemr.lab.ssh.GuestCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real VMs: vm1 on raw with a partition that begins at an odd sector, vm2 on qcow2 with a linear volume. */
class LabIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;
    private static Lab lab;
    private static LabVm vm1;
    private static LabVm vm2;

    @BeforeAll
    static void bringUp() {
        assumeThat(Path.of("/usr/sbin/libvirtd")).as("Debian package libvirt-daemon-system").exists();
        assumeThat(System.getProperty("user.name")).as("libvirt and the guest image need root").isEqualTo("root");
        lab = Lab.up(LabSpec.of(2).name("labit").state(folder.resolve("lab"))
                .dataDisk("vm1", DataDisk.raw().partitioned(4097))
                .dataDisk("vm2", DataDisk.qcow2().withClusterBytes(4096).lvm()), System.out::println);
        vm1 = lab.vm("vm1");
        vm2 = lab.vm("vm2");
    }

    @AfterAll
    static void takeDown() {
        if (lab != null) {
            lab.down();
        }
    }

    @Test
    void shouldGiveBackOutputErrorsAndExitCode() {
        final var result = vm1.exec("echo out; echo err >&2; exit 3");

        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
        assertThat(result.exitCode()).isEqualTo(3);
    }

    @Test
    void shouldTellAnExitCodeOf255FromALostConnection() {
        assertThat(vm1.exec("exit 255").exitCode()).isEqualTo(255);
    }

    @Test
    void shouldHandArgumentsOverUntouched() {
        assertThat(vm1.exec("printf", "<%s>", "it's", "$HOME", "a  b\n", "").stdout()).isEqualTo("<it's><$HOME><a  b\n><>");
    }

    @Test
    void shouldRunAsTheUserThatIsAskedFor() {
        assertThat(vm1.execAs("alice", "id -un; id -u; echo $HOME").orThrow()).isEqualTo("alice\n1000\n/home/alice");
        assertThat(vm1.execAs("bob", "id", "-Gn").orThrow().split(" ")).containsExactlyInAnyOrder("bob", "analysts");
    }

    @Test
    void shouldStreamBytesInAndOut() {
        final byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        final ByteArrayOutputStream back = new ByteArrayOutputStream();

        vm2.run(GuestCommand.of("cat > /data/stream").stdin(new ByteArrayInputStream(bytes))).orThrow();
        vm2.run(GuestCommand.of("cat /data/stream").stdoutTo(back)).orThrow();

        assertThat(back.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void shouldEndACommandThatTakesTooLong() {
        assertThatThrownBy(() -> vm1.run(GuestCommand.of("sleep 600").limit(Duration.ofSeconds(1))))
                .isInstanceOf(LabException.class).hasMessageContaining("vm1").hasMessageContaining("sleep 600");
    }

    @Test
    void shouldHaveOneProcessorWhereTwoArePossible() {
        assertThat(vm1.exec("cat /sys/devices/system/cpu/online /sys/devices/system/cpu/possible").orThrow()).isEqualTo("0\n0-1");
    }

    @Test
    void shouldMountDataForAlice() {
        assertThat(vm1.execAs("alice", "touch /data/mine && stat -c %U /data /data/mine").orThrow()).isEqualTo("alice\nalice");
        assertThat(vm2.exec("stat -f -c %T /data").orThrow()).startsWith("ext");
    }

    @Test
    void shouldLayOutTheDiskAsAsked() {
        assertThat(vm1.exec("cat /sys/class/block/sdb1/start /sys/class/block/sda1/start 2>/dev/null").stdout()).contains("4097\n");
        assertThat(vm2.exec("dmsetup table data-data | cut -d ' ' -f 3").orThrow()).as("two pieces").isEqualTo("linear\nlinear");
    }

    @Test
    void shouldDeliverMailToTheOwner() {
        vm1.run(GuestCommand.of("sendmail alice").stdin("Subject: hello\n\nthe body\n")).orThrow();

        await().atMost(SOON).until(() -> vm1.execAs("alice", "cat /var/mail/alice").stdout().contains("the body"));
    }

    @Test
    void shouldHaveTheToolsThatTestsNeed() {
        for (final String tool : List.of("filefrag", "chattr", "lsattr", "e4defrag", "debugfs", "tune2fs", "fallocate", "losetup",
                "mkfs.ext4", "mkfs.xfs", "getfattr", "setfattr", "sfdisk", "lvs")) {
            assertThat(vm1.exec("command", "-v", tool).exitCode()).as(tool).isZero();
            assertThat(vm1.exec(tool + " --help 2>&1; " + tool + " -V 2>&1").stdout()).as(tool)
                    .doesNotContain("error while loading shared libraries");
        }
        assertThat(vm1.exec("dd if=/dev/zero of=/data/direct bs=4096 count=1 oflag=direct,append conv=notrunc").exitCode()).isZero();
        assertThat(vm1.exec("setfattr -n trusted.livemr -v x /data/direct && getfattr -n trusted.livemr /data/direct").exitCode()).isZero();
    }

    @Test
    void shouldGiveTheAgentAChannelThatTheComposerCanFind() throws Exception {
        final String xml = lab.domains().describeXml(vm1.uuid());
        final String socket = xml.replaceAll("(?s).*<source mode='bind' path='([^']*)'/>.*", "$1");

        assertThat(vm1.exec("readlink -f /dev/virtio-ports/org.livemr.agent.0").orThrow()).startsWith("/dev/vport");
        assertThat(Files.readAllLines(Path.of("/proc/net/unix"))).as("QEMU listens").anyMatch(line -> line.endsWith(socket));
    }

    @Test
    void shouldStartTheAgentAgainWhenItDies() {
        assumeThat(vm1.exec("test -d /opt/livemr/agent").exitCode()).as("the agent has been built").isZero();
        await().atMost(SOON).until(() -> vm1.agentPid().isPresent());
        final long before = vm1.agentPid().orElseThrow();

        vm1.exec("kill", "-9", Long.toString(before)).orThrow();

        await().atMost(SOON).until(() -> vm1.agentPid().filter(pid -> pid != before).isPresent());
    }

    @Test
    void shouldKeepDataThroughAKilledQemu() {
        vm1.exec("echo kept > /data/kept && sync").orThrow();
        final Optional<Long> before = vm1.qemuPid();

        vm1.killQemu();
        final boolean runningBetween = vm1.isRunning();
        vm1.start();

        assertThat(runningBetween).isFalse();
        assertThat(vm1.exec("cat /data/kept").orThrow()).isEqualTo("kept");
        assertThat(vm1.qemuPid()).isPresent().isNotEqualTo(before);
    }

    @Test
    void shouldStartTheGuestOverOnReset() {
        final String before = vm2.exec("cat /proc/sys/kernel/random/boot_id").orThrow();
        final Optional<Long> qemu = vm2.qemuPid();

        vm2.reset();

        assertThat(vm2.exec("cat /proc/sys/kernel/random/boot_id").orThrow()).isNotEqualTo(before);
        assertThat(vm2.qemuPid()).isEqualTo(qemu);
        assertThat(vm2.exec("grep -q ' /data ext4 ' /proc/mounts").exitCode()).isZero();
    }

    @Test
    void shouldRefuseASecondLabInTheSameFolder() {
        assertThatThrownBy(() -> Lab.up(LabSpec.of(1).name("labit").state(folder.resolve("lab"))))
                .isInstanceOf(LabException.class).hasMessageContaining("up already");
        assertThat(vm1.isRunning()).isTrue();
    }

    @Test
    void shouldRefuseASecondLabOfTheSameNameAndLeaveTheFirstAlone() {
        assertThatThrownBy(() -> Lab.up(LabSpec.of(1).name("labit").state(folder.resolve("rival"))))
                .isInstanceOf(LabException.class).hasMessageContaining("labit-vm1").hasMessageContaining(folder.resolve("lab").toString());
        assertThat(vm1.exec("true").exitCode()).isZero();
        assertThat(folder.resolve("rival")).doesNotExist();
    }

    @Test
    void shouldOpenTheLabFromItsFolder() {
        final Lab again = Lab.open(folder.resolve("lab"));

        assertThat(again.vm("vm2").exec("echo again").orThrow()).isEqualTo("again");
        again.leave();
        assertThat(vm2.isRunning()).isTrue();
    }

    @Test
    void shouldLeaveNothingBehind() throws Exception {
        final Path state = folder.resolve("short");
        final Lab shortLived = Lab.up(LabSpec.of(1).name("labit-short").state(state));
        final long qemu = shortLived.vm("vm1").qemuPid().orElseThrow();
        shortLived.vm("vm1").exec("true").orThrow();

        shortLived.down();

        assertThat(state).doesNotExist();
        assertThat(HostCommand.of("virsh", "-c", "qemu:///system", "list", "--all", "--name").run()).doesNotContain("labit-short-vm1");
        await().atMost(SOON).until(() -> !isAlive(qemu));
        assertThat(HostCommand.of("ps", "-e", "-o", "args").run()).doesNotContain(state.toString());
        assertThat(Files.exists(Path.of("/var/log/libvirt/qemu/labit-short-vm1.log"))).isFalse();
        assertThat(vm1.isRunning()).as("the other lab is undisturbed").isTrue();
    }

    /** A process that has ended but is not yet collected by its parent is not alive. */
    private static boolean isAlive(final long pid) {
        return HostCommand.of("ps", "-o", "stat=", "-p", Long.toString(pid)).tryRun().output().matches("(?s)[^Z\\s].*");
    }
}
