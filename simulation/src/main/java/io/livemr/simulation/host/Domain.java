package io.livemr.simulation.host;

/** Names in the one domain that is simulated. */
final class Domain {

    static final String NAME = "vm1";
    static final String TARGET = "sda";
    static final String DISK_ID = "disk0";

    private Domain() {
    }
}
