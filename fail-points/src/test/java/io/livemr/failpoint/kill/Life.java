package io.livemr.failpoint.kill;

/** A program in a process of its own, armed with faults. {@code close} ends it, however it is. */
public interface Life extends AutoCloseable {

    boolean isAlive();

    /** Of one that is dead. */
    int exitCode();

    /** Its last words, for a failure's message. */
    String output() throws Exception;
}
