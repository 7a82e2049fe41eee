package io.livemr.failpoint.kill;

/** A program in a process of its own, armed with faults. {@code close} ends it, however it is. */
public interface Life extends AutoCloseable {

    Process process();

    default boolean isAlive() {
        return process().isAlive();
    }

    /** Of one that is dead. */
    default int exitCode() {
        return process().exitValue();
    }

    /** Its last words, for a failure's message. */
    String output() throws Exception;
}
