package io.livemr.lab.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.livemr.lab.LabException;
import io.livemr.lab.disk.DiskImages;
import io.livemr.lab.host.FileTree;
import io.livemr.lab.host.HostCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A lab's state folder and its folder for sockets.
 *
 * <pre>
 *  STATE/lab.json           {@link LabState}
 *  STATE/key, key.pub       the lab's ssh key pair
 *  STATE/image/             the guest image, linked from the cache
 *  STATE/VM/                system.qcow2, data.*, console.log
 *  /run/livemr/lab-HASH/    sockets of ssh, of QEMU's maps and its shared page: a unix socket's path is at most 107 bytes,
 *                           STATE may be longer
 * </pre>
 */
public final class LabFolder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path root;

    public LabFolder(final Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    public Path key() {
        return root.resolve("key");
    }

    public Path image() {
        return root.resolve("image");
    }

    public Path console(final String vm) {
        return root.resolve(vm).resolve("console.log");
    }

    public DiskImages disks(final String vm) {
        return new DiskImages(root.resolve(vm));
    }

    public Path sockets() {
        return Path.of("/run/livemr", "lab-" + id());
    }

    public Path sshSocket(final String vm) {
        return sockets().resolve(vm);
    }

    /** Where a patched QEMU listens for the composer (docs/protocol.md, section 9). */
    public Path mapSocket(final String vm) {
        return sockets().resolve(vm + ".maps");
    }

    /** The page that a patched QEMU shares with the composer. */
    public Path mapPage(final String vm) {
        return sockets().resolve(vm + ".page");
    }

    /** Tells labs apart: a hash of the folder's path. */
    public String id() {
        return UUID.nameUUIDFromBytes(root.toString().getBytes(StandardCharsets.UTF_8)).toString().substring(0, 8);
    }

    public boolean holdsLab() {
        return Files.exists(file());
    }

    public LabState read() {
        if (!holdsLab()) {
            throw new LabException("no lab in " + root + "; bring one up: livemr lab up --state " + root);
        }
        try {
            return JSON.readValue(file().toFile(), LabState.class);
        } catch (final IOException e) {
            throw new LabException("cannot read " + file() + ": " + e.getMessage(), e);
        }
    }

    public void write(final LabState state) {
        final Path fresh = root.resolve("lab.json.new");
        try {
            Files.createDirectories(root);
            JSON.writeValue(fresh.toFile(), state);
            Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(fresh, e);
        }
    }

    /** @throws LabException if the lab has no VM of this name. */
    public VmState vm(final String name) {
        return read().vms().stream().filter(vm -> vm.name().equals(name)).findFirst()
                .orElseThrow(() -> new LabException("no VM " + name + " in the lab in " + root));
    }

    /** Writes one VM's changed record. One process at a time. */
    public synchronized void update(final VmState changed) {
        final LabState state = read();
        if (!state.vms().contains(changed)) {
            write(state.with(changed));
        }
    }

    /** The base64 part of the lab's public key. */
    public String publicKey() {
        try {
            return Files.readString(root.resolve("key.pub")).split(" ")[1];
        } catch (final IOException e) {
            throw new LabException("cannot read the lab's key: " + e.getMessage(), e);
        }
    }

    public Path createFor(final String vm) {
        try {
            Files.createDirectories(sockets());
            return Files.createDirectories(root.resolve(vm));
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(root, e);
        }
    }

    /** Removes all that a lab writes; the folder itself goes too, if nothing else is in it. */
    public void clear(final LabState state) {
        state.vms().forEach(vm -> FileTree.delete(root.resolve(vm.name())));
        FileTree.delete(image());
        FileTree.delete(sockets());
        try {
            for (final String name : new String[] {"key", "key.pub", "lab.json.new", "lab.json"}) {
                Files.deleteIfExists(root.resolve(name));
            }
            if (isEmpty()) {
                Files.delete(root);
            }
        } catch (final IOException e) {
            throw new LabException("cannot clear " + root + ": " + e.getMessage(), e);
        }
    }

    private boolean isEmpty() throws IOException {
        try (var entries = Files.list(root)) {
            return entries.findAny().isEmpty();
        }
    }

    private Path file() {
        return root.resolve("lab.json");
    }
}
