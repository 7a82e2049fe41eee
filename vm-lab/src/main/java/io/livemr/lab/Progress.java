package io.livemr.lab;

/** Hears about the long steps of a lab, such as building the image or waiting for a VM. Called from one thread at a time. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = step -> { };

    /** A step begins, and with it the step before ends. */
    void step(String what);
}
