package io.livemr.composer.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.composer.vm.VmDescription.State;
import io.livemr.composer.vm.VmDisk.ImageLayer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ServedVmsTest {
    private static final UUID VM = UUID.randomUUID();

    private final List<String> heard = new ArrayList<>();
    private final ServedVms served = new ServedVms(List.of(Path.of("/pool/ours")), new VmObserver() {
        @Override
        public void changed(final VmDescription vm, final String reason) {
            heard.add(reason);
        }

        @Override
        public void layoutSuspect(final UUID vm, final String reason) {
            heard.add(reason);
        }

        @Override
        public void undefined(final UUID vm) {
            heard.add("undefined");
        }

        @Override
        public void listening(final boolean listening) {
            heard.add("listening");
        }
    });

    private static VmDescription withImage(final String path) {
        final VmDisk disk = new VmDisk("sda", null, null, List.of(new ImageLayer(Path.of(path), "qcow2")), null, "");
        return new VmDescription("vm1", VM, State.RUNNING, Path.of("/run/agent"), List.of(disk));
    }

    @Test
    void shouldPassOnVmsWithAnImageInItsFolders() {
        served.changed(withImage("/pool/ours/vm1.qcow2"), "started");

        assertThat(heard).containsExactly("started");
    }

    @Test
    void shouldLeaveVmsOfOtherFoldersAlone() {
        served.changed(withImage("/pool/ours2/vm1.qcow2"), "started");
        served.changed(withImage("/pool/ours/../theirs/vm1.qcow2"), "started");

        assertThat(heard).isEmpty();
    }

    @Test
    void shouldStillBeHeardWhenAServedVmsImageMovesElsewhere() {
        served.changed(withImage("/pool/ours/vm1.qcow2"), "started");

        served.changed(withImage("/elsewhere/vm1.qcow2"), "snapshot");

        assertThat(heard).containsExactly("started", "snapshot");
    }
}
