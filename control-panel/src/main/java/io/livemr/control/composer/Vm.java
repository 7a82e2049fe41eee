package io.livemr.control.composer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * A virtual machine as its composer lists it.
 *
 * @param agent {@code connected} or {@code absent}.
 * @param maps  {@code disk} where its QEMU hands on maps, else {@code channel}.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Vm(String name, String uuid, String state, String agent, String maps, List<Disk> disks) {

    /**
     * One of its disks.
     *
     * @param sectors of 512 bytes.
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Disk(String target, String serial, String format, Long sectors) { }
}
