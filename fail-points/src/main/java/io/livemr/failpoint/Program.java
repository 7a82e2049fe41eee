package io.livemr.failpoint;

/** Whose fail point it is. */
public enum Program {

    COMPOSER("host-composer"), DATANODE("DataNode with block-link"), AGENT("vm-agent"), PANEL("control-panel");

    private final String title;

    Program(final String title) {
        this.title = title;
    }

    /** As documents call it. */
    public String title() {
        return title;
    }
}
