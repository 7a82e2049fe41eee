package io.livemr.control.composer;

import java.util.List;

/** Which virtual machines there are, and which composer reads the disks of each. */
public interface VmDirectory {

    /** All that are known now, with where they are. What a composer that gives no answer has is missing. */
    List<LocatedVm> list();

    /**
     * Finds one by its name.
     *
     * @throws VmUnknownException           when nobody has it, or two have one of that name.
     * @throws ComposerUnreachableException when nobody who answered has it and somebody did not answer.
     */
    LocatedVm find(String name) throws VmUnknownException, ComposerUnreachableException;

    /**
     * A virtual machine and where it is.
     *
     * @param composer address of the composer that reads its disks.
     */
    record LocatedVm(String composer, Vm vm) { }
}
