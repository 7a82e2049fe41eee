package io.livemr.composer.image;

import java.io.IOException;

/** Hears how reads go. Called on readers' threads: must be quick and not throw. */
public interface ReadObserver {

    ReadObserver NONE = new ReadObserver() { };

    default void answered(final int lengthBytes) {
    }

    /** A read found an obstacle; it will try again, wait, or be refused. */
    default void retried(final String obstacle) {
    }

    /** QEMU does not write to this image any more: time to look at the domain again. */
    default void notWritten(final GuestDisk disk) {
    }

    default void failed(final GuestDisk disk, final IOException cause) {
    }
}
