package io.livemr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guest's kernel keeps a granted file's blocks where they are; after the revocation it no longer does. */
class PinIT {
    private static Site site;

    @BeforeAll
    static void up() {
        site = Site.up(LabSpec.of(1));
    }

    @AfterAll
    static void down() {
        if (site != null) {
            site.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "truncate, truncate -s 1000 $F",
        "unlink, rm -f $F",
        "rename, mv $F $F.renamed",
        "punch, fallocate -p -o 4096 -l 8192 $F",
        "overwrite, dd if=/dev/zero of=$F bs=4096 count=1 conv=notrunc status=none",
    })
    void shouldRefuseWhatMovesBlocksUntilTheOwnerRevokes(final String name, final String command) throws Exception {
        final LabVm vm = site.vm("vm1");
        final String path = "/data/" + name;
        vm.execAs(Site.OWNER, "head -c 100000 /dev/urandom > " + path).orThrow();
        final String truth = Sha256.inGuest(vm, path);
        final Path composed = site.compose(vm, path);

        final String inGuest = "F=" + path + "; " + command;
        assertThat(vm.execAs(Site.OWNER, inGuest).exitCode()).as("as the owner").isNotZero();
        assertThat(vm.exec(inGuest).exitCode()).as("as root").isNotZero();
        assertThat(Sha256.of(composed)).isEqualTo(truth);

        site.answerAs(Site.OWNER, vm, path, "--revoke");
        site.awaitState(composed.getFileName().toString(), "REVOKED");
        assertThat(vm.execAs(Site.OWNER, inGuest).exitCode()).as("after the revocation").isZero();
        assertThatThrownBy(() -> Files.readAllBytes(composed)).isInstanceOf(AccessDeniedException.class);
    }
}
