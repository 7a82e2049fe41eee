package io.livemr.failpoint;

import static io.livemr.failpoint.Program.AGENT;
import static io.livemr.failpoint.Program.COMPOSER;
import static io.livemr.failpoint.Program.DATANODE;
import static io.livemr.failpoint.Program.PANEL;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The places at which a fault can be put, all of them, in the order in which they are passed. The name is the constant's, its first word before
 * a dot: {@code COMPOSE_STORED} is {@code compose.stored}. Where nothing is armed, passing one is a look at a field that is null.
 *
 * <p>Safe to share between threads.
 */
public enum FailPoint {

    COMPOSE_WISHED(COMPOSER, true, "a wish for a file was checked; nothing of it is kept"),
    COMPOSE_STORED(COMPOSER, false, "the wish is on the disk; nobody knows the file"),
    COMPOSE_LISTED(COMPOSER, false, "the file can be asked for by name; its owners were not asked"),
    COMPOSE_ASKED(COMPOSER, false, "its agents were asked; the client has no answer"),
    COMPOSE_GRANTED(COMPOSER, false, "an agent said yes; nothing of it is kept"),
    COMPOSE_BOUND(COMPOSER, false, "the grant counts; it is not on the disk"),
    COMPOSE_CONSENTED(COMPOSER, false, "the grant is on the disk; the agent's line is not acknowledged"),
    COMPOSE_COMPLETE(COMPOSER, false, "all sources can be read; lengths are not on the disk, readers do not see the file"),
    COMPOSE_FIXED(COMPOSER, false, "lengths are on the disk; readers do not see the file"),
    GROW_RECEIVED(COMPOSER, false, "a line with map records arrived; none was looked at"),
    GROW_MAPPED(COMPOSER, false, "a map is in force; the file has its old length"),
    GROW_TOLD(COMPOSER, false, "readers have the new length; the agent's line is not acknowledged"),
    GROW_UNSAVED(COMPOSER, false, "readers were told a length that is not on the disk"),
    REVOKE_RECEIVED(COMPOSER, false, "the agent took a file back; it is served"),
    REVOKE_CLOSED(COMPOSER, false, "it is served no more; that is not on the disk"),
    REVOKE_STORED(COMPOSER, false, "the end is on the disk; the agent's line is not acknowledged"),
    DELETE_WISHED(COMPOSER, true, "a file is to be deleted; nothing was done"),
    DELETE_STORED(COMPOSER, false, "that a file is deleted is on the disk; it is served"),
    DELETE_REMOVED(COMPOSER, false, "it is served no more; its agents were not told"),
    DELETE_RELEASED(COMPOSER, false, "its agents were told; its document is there"),
    STATE_WRITTEN(COMPOSER, true, "a document was written beside its place"),
    STATE_PLACED(COMPOSER, true, "a document is in its place; the folder was not forced to the disk"),

    LINK_WANTED(DATANODE, true, "a client asked for a link block; nothing was done"),
    LINK_RECORDED(DATANODE, true, "the record of a link is on the disk; its placeholder is not, or has its old length"),
    LINK_PLACED(DATANODE, true, "record and placeholder are on the disk; the DataNode does not know the block"),
    LINK_KNOWN(DATANODE, true, "the DataNode knows the block; the NameNode was not told"),
    LINK_REPORTED(DATANODE, true, "the NameNode is being told; the client has no answer"),
    FOLLOW_WANTED(DATANODE, true, "a client asked for a file to be followed; nothing of it is kept"),
    FOLLOW_STORED(DATANODE, true, "that it is to be followed is on the disk; nobody does"),
    APPEND_WANTED(DATANODE, true, "a composed file is longer than the HDFS file; nothing was done"),
    APPEND_OPENED(DATANODE, true, "the HDFS file is open for appending"),
    APPEND_STAMPED(DATANODE, true, "its last block has a new generation stamp at the NameNode; the link has the old one"),
    APPEND_GROWN(DATANODE, true, "the link is longer and has the new stamp; the NameNode was not told"),
    APPEND_REPORTED(DATANODE, true, "the NameNode is being told; the last block has its old length there"),
    APPEND_UPDATED(DATANODE, true, "the last block has its new length; blocks after it are missing"),
    APPEND_FILLED(DATANODE, true, "all blocks are there; the HDFS file is open"),
    APPEND_CLOSED(DATANODE, true, "the HDFS file is closed; the plug-in has not noted its length"),

    ASK_STORED(AGENT, false, "the question to an owner is on the disk; he has no mail"),
    ASK_MAILED(AGENT, false, "the mail is on its way; the composer was not told that he is asked"),
    ASK_ANSWERED(AGENT, false, "the owner said yes; the question is open"),
    ASK_CLOSED(AGENT, false, "the question is closed; nothing is granted"),
    PIN_RECORDED(AGENT, false, "that a file is to be pinned is on the disk; the file is as it was"),
    PIN_MARKED(AGENT, false, "the file has the grant's attribute; it can still be overwritten"),
    PIN_SET(AGENT, false, "the file is pinned; the record does not say so"),
    PIN_STORED(AGENT, false, "the record says so; the composer was not told"),
    ANNOUNCE_GRANTED(AGENT, false, "the composer is being told of the grant; where the file is was not looked at"),
    ANNOUNCE_LOOKED(AGENT, false, "the file was looked at; the composer was not told where it is"),
    ANNOUNCE_SAID(AGENT, false, "the composer is being told; the agent has not noted what"),
    UNPIN_WANTED(AGENT, false, "the last grant of a file is to end; nothing of that is on the disk"),
    UNPIN_RECORDED(AGENT, false, "that it is to end is on the disk; the composer was not told"),
    UNPIN_SAID(AGENT, false, "the composer is being told; it has not acknowledged"),
    UNPIN_HEARD(AGENT, false, "the composer has acknowledged; the file is pinned"),
    UNPIN_LOOSE(AGENT, false, "the file can be overwritten; it has the grant's attribute"),
    UNPIN_DONE(AGENT, false, "the file is as it was before; the record of the grant is there"),
    UNPIN_FORGOTTEN(AGENT, false, "the record is gone; the owner has no answer"),
    INDEX_WRITTEN(AGENT, true, "a document was written beside the agent's index or list of questions"),
    INDEX_PLACED(AGENT, true, "the document is in its place; the agent's folder was not forced to the disk"),

    JAR_STORED(PANEL, true, "an upload is in the new job's folder; its jar was not looked at"),
    SUBMIT_STORED(PANEL, false, "the jar is in the job's folder; there is no record of the job"),
    SUBMIT_WRITTEN(PANEL, false, "the record is written with inputs, key and audit row; it is not committed"),
    SUBMIT_RECORDED(PANEL, false, "the job is in the database; nobody looks at it, the client has no answer"),
    INPUT_CHOSEN(PANEL, false, "the composer that is to be asked for a file is in the database; it was not asked"),
    INPUT_ASKED(PANEL, false, "a composer was asked for a file; the name it gave is not in the database"),
    INPUT_NAMED(PANEL, false, "all files were asked for; the job waits for nobody's consent yet"),
    INPUT_LIVE(PANEL, false, "all files are live; the job has not moved on"),
    RUN_PLACED(PANEL, false, "the job has one of the places to run; no file is linked"),
    STEP_MADE(PANEL, true, "the folder of a process is there; the process is not"),
    STEP_STARTED(PANEL, false, "a process was started, in a session of its own; the panel does not know it"),
    RUN_LINKED(PANEL, false, "all files are linked into HDFS; the job has not moved on"),
    RUN_CONFIGURED(PANEL, false, "the job runs, says the database; its driver does not"),
    RUN_STARTED(PANEL, false, "the driver was started; its applications on YARN are not watched"),
    RUN_ENDED(PANEL, false, "the driver has ended; the job has not"),
    KILL_WANTED(PANEL, false, "that a job is to be killed is in the database; nobody does, the client has no answer"),
    KILL_DONE(PANEL, false, "a job's processes are killed; it has not ended"),
    END_WRITTEN(PANEL, false, "the job's end is in the database; nothing is cleaned up"),
    CLEAN_KILLED(PANEL, false, "no process of an ended job runs; its links are in HDFS"),
    CLEAN_UNLINKED(PANEL, false, "its links are gone; its composed files are not"),
    CLEAN_DELETED(PANEL, false, "a composed file is deleted at its composer; there may be others"),
    CLEAN_RELEASED(PANEL, false, "all its composed files are deleted; its temporary files are there"),
    CLEAN_REMOVED(PANEL, false, "its temporary files are gone; the database does not say that it is cleaned up"),
    CLEAN_NOTED(PANEL, false, "the database says that it is cleaned up; jars that are too much are there"),
    JAR_DROPPED(PANEL, false, "the jar of an ended job is removed; the database says that it is kept");

    private final Program program;
    private final boolean canFail;
    private final String description;
    private volatile Fault fault;

    FailPoint(final Program program, final boolean canFail, final String description) {
        this.program = program;
        this.canFail = canFail;
        this.description = description;
    }

    /** For settings and documents. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');
    }

    public static Optional<FailPoint> titled(final String title) {
        return Arrays.stream(values()).filter(point -> point.title().equals(title)).findFirst();
    }

    public Program program() {
        return program;
    }

    /** Whether the step before it can end in an error; one that cannot is killed or held up only. */
    public boolean canFail() {
        return canFail;
    }

    /** What has been done when it is passed, and what has not. */
    public String description() {
        return description;
    }

    /** Null disarms it. */
    void arm(final Fault next) {
        fault = next;
    }

    /** To be called where the step before is done and the next is not begun. */
    public void pass() {
        final Fault armed = fault;
        if (armed != null) {
            armed.strike(this);
        }
    }

    /** The same at a point that can fail. */
    public void passOrFail() throws IOException {
        final Fault armed = fault;
        if (armed != null && armed.strike(this)) {
            throw new IOException("fail point " + title());
        }
    }
}
