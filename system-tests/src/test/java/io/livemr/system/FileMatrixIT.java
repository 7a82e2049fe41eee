package io.livemr.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import io.livemr.lab.disk.DataDisk;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of file on every kind of disk: the guest, the composed file and HDFS must agree on its bytes. */
class FileMatrixIT {
    private static final List<DataDisk> DISKS = List.of(
        DataDisk.qcow2(),
        DataDisk.qcow2().withClusterBytes(4 << 10),
        DataDisk.qcow2().withClusterBytes(2 << 20),
        DataDisk.qcow2().withBackingFile(),
        DataDisk.qcow2().withZeroClusters(),
        DataDisk.qcow2().partitioned(4_097),
        DataDisk.qcow2().lvm(),
        DataDisk.raw());
    private static final List<String> NAMES = List.of("qcow2 64 KiB clusters", "qcow2 4 KiB clusters", "qcow2 2 MiB clusters",
        "qcow2 over a backing file", "qcow2 of zero clusters", "qcow2 with a partition", "qcow2 with a linear volume", "raw");
    private static final List<GuestFile> KINDS = Arrays.stream(GuestFile.values())
        .filter(kind -> kind.name().matches(System.getProperty("kinds", ".*"))).toList();
    /** An emulated guest takes a minute to hash 1 GiB, so one disk gets such a file unless all are asked for. */
    private static final List<String> GIBIBYTE_DISKS = Boolean.getBoolean("gibibyte.everywhere") ? NAMES : NAMES.subList(0, 1);
    /** {@code even} or {@code odd}: that half of the matrix, every kind and every disk in it; {@code drawn} is one of them, {@code all} both. */
    private static final String SHARE = share(System.getProperty("share", "drawn"));
    private static Site site;

    @BeforeAll
    static void up() {
        final LabSpec spec = LabSpec.of(DISKS.size());
        for (int i = 0; i < DISKS.size(); i++) {
            spec.dataDisk("vm" + (i + 1), DISKS.get(i));
        }
        site = Site.up(spec);
        site.lab().vms().forEach(Site::allowByPolicy);
    }

    @AfterAll
    static void down() {
        if (site != null) {
            site.close();
        }
    }

    private static String share(final String wanted) {
        return !wanted.equals("drawn") ? wanted : Seeds.next("FileMatrixIT") % 2 == 0 ? "even" : "odd";
    }

    static Stream<Arguments> everyKindOnEveryDisk() {
        return NAMES.stream().flatMap(disk -> kindsOn(disk).stream().map(kind -> Arguments.of(disk, kind)));
    }

    private static List<GuestFile> kindsOn(final String disk) {
        return KINDS.stream()
            .filter(kind -> kind != GuestFile.ONE_GIBIBYTE || GIBIBYTE_DISKS.contains(disk))
            .filter(kind -> kind == GuestFile.ONE_GIBIBYTE || SHARE.equals("all")
                || SHARE.equals((KINDS.indexOf(kind) + NAMES.indexOf(disk)) % 2 == 0 ? "even" : "odd"))
            .toList();
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("everyKindOnEveryDisk")
    void shouldReadTheBytesTheGuestHolds(final String disk, final GuestFile kind) {
        final LabVm vm = site.vm("vm" + (NAMES.indexOf(disk) + 1));
        vm.execAs(Site.OWNER, kind.commandsFor(kind.path())).orThrow();
        final String truth = Sha256.inGuest(vm, kind.path());
        final String hdfsPath = "/" + vm.name() + kind.path();

        final Path composed = site.composeAllowed(vm, kind.path());
        site.composeIntoHdfs(vm, kind.path(), hdfsPath);

        assertThat(Sha256.of(composed)).isEqualTo(truth);
        assertThat(Sha256.throughHdfs(site, hdfsPath)).isEqualTo(truth);
        assertThat(Trees.allocatedBlockBytes(site.stack().layout().data())).isZero();
        stopAfterLastKind(disk, kind, vm);
    }

    /** An idle guest takes a twentieth of a processor when it is emulated, which the others could use. */
    private static void stopAfterLastKind(final String disk, final GuestFile kind, final LabVm vm) {
        final List<GuestFile> kinds = kindsOn(disk);
        if (kind == kinds.get(kinds.size() - 1)) {
            vm.stop();
        }
    }
}
