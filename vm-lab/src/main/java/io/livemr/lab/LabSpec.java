package io.livemr.lab;

import io.livemr.lab.disk.DataDisk;
import io.livemr.lab.host.Accelerator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a lab is to be. Start from {@link #of}; each method changes this spec and gives it back. Not for several threads.
 *
 * <p>VMs are {@code vm1}…{@code vmN}. In the default lab libvirt's domains have the same names; another lab puts its own name and a
 * dash before them.
 */
public final class LabSpec {
    /** The lab whose domains are named just {@code vm1}…{@code vmN}. */
    public static final String DEFAULT_NAME = "default";
    public static final Path DEFAULT_STATE = Path.of("/var/lib/livemr/lab");
    private static final int DEFAULT_MEMORY_MIB = 512;
    private static final Duration DEFAULT_BOOT_LIMIT = Duration.ofSeconds(300);
    private static final int MOST_VMS = 32;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    private final int vmCount;
    private final Map<String, DataDisk> dataDisks = new HashMap<>();
    private String name = DEFAULT_NAME;
    private Path state = DEFAULT_STATE;
    private Path cache = defaultCache();
    private Optional<Path> agent = Optional.empty();
    private LabMode mode = LabMode.STOCK;
    private Optional<Accelerator> accelerator = Optional.empty();
    private DataDisk dataDisk = DataDisk.qcow2();
    private int memoryMiB = DEFAULT_MEMORY_MIB;
    private int vcpus = 1;
    private Duration bootLimit = DEFAULT_BOOT_LIMIT;

    private LabSpec(final int vmCount) {
        require(vmCount >= 0 && vmCount <= MOST_VMS, "vms=" + vmCount + " must be 0 to " + MOST_VMS);
        this.vmCount = vmCount;
    }

    /** @param vmCount 0 makes a lab that only has the guest image built and keeps libvirt running. */
    public static LabSpec of(final int vmCount) {
        return new LabSpec(vmCount);
    }

    /** Lower-case letters, digits and dashes, from a letter on. */
    public LabSpec name(final String value) {
        require(NAME.matcher(value).matches(), "name=" + value + " must match " + NAME.pattern());
        this.name = value;
        return this;
    }

    /** Where the lab keeps all that is its own. One folder, one lab. */
    public LabSpec state(final Path value) {
        this.state = value;
        return this;
    }

    /** Where guest images are kept from one lab to the next. */
    public LabSpec cache(final Path value) {
        this.cache = value;
        return this;
    }

    /** The agent's target folder; without it, the one that is found next to this module. */
    public LabSpec agent(final Path value) {
        this.agent = Optional.of(value);
        return this;
    }

    /** Patched modes build what they need at their first use, and keep it. */
    public LabSpec mode(final LabMode value) {
        this.mode = value;
        return this;
    }

    /** Without it, KVM is probed once and TCG is the fallback. */
    public LabSpec accelerator(final Accelerator value) {
        this.accelerator = Optional.of(value);
        return this;
    }

    /** The data disk of each VM that has none of its own. */
    public LabSpec dataDisk(final DataDisk value) {
        this.dataDisk = value;
        return this;
    }

    /** The data disk of one VM. */
    public LabSpec dataDisk(final String vm, final DataDisk value) {
        require(vmNames().anyMatch(vm::equals), "vm=" + vm + " is none of vm1…vm" + vmCount);
        dataDisks.put(vm, value);
        return this;
    }

    public LabSpec memoryMiB(final int value) {
        require(value >= 256, "memoryMiB=" + value + " is too little for the guest; at least 256");
        this.memoryMiB = value;
        return this;
    }

    public LabSpec vcpus(final int value) {
        require(value >= 1, "vcpus=" + value + " must be at least 1");
        this.vcpus = value;
        return this;
    }

    /** How long a VM may take from power on to a mounted {@code /data} and an ssh server. */
    public LabSpec bootLimit(final Duration value) {
        this.bootLimit = value;
        return this;
    }

    Stream<String> vmNames() {
        return IntStream.rangeClosed(1, vmCount).mapToObj(number -> "vm" + number);
    }

    String domainOf(final String vm) {
        return DEFAULT_NAME.equals(name) ? vm : name + "-" + vm;
    }

    DataDisk dataDiskOf(final String vm) {
        return dataDisks.getOrDefault(vm, dataDisk);
    }

    String name() {
        return name;
    }

    Path state() {
        return state;
    }

    Path cache() {
        return cache;
    }

    Optional<Path> agent() {
        return agent;
    }

    LabMode mode() {
        return mode;
    }

    Optional<Accelerator> accelerator() {
        return accelerator;
    }

    int memoryMiB() {
        return memoryMiB;
    }

    int vcpus() {
        return vcpus;
    }

    Duration bootLimit() {
        return bootLimit;
    }

    private static Path defaultCache() {
        final String folder = System.getenv("XDG_CACHE_HOME");
        final Path base = folder == null || folder.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(folder);
        return base.resolve("livemr");
    }

    private static void require(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("lab: " + otherwise);
        }
    }
}
