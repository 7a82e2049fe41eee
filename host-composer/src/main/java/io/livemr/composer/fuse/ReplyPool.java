package io.livemr.composer.fuse;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Answers that nobody is writing, the last used on top: its bytes are still in a processor's cache, where the copies into it and out of it cost half. The
 * kernel hands requests to threads in turn, so an answer of each thread's own would be the one used longest ago. Holds as many as were in use at one
 * time, at most one a worker. Safe to share between threads.
 */
final class ReplyPool {

    private final int maxBodyPages;
    private final Deque<FuseReply> free = new ArrayDeque<>();

    ReplyPool(final int maxBodyPages) {
        this.maxBodyPages = maxBodyPages;
    }

    synchronized FuseReply take() {
        return free.isEmpty() ? new FuseReply(maxBodyPages) : free.pop();
    }

    synchronized void give(final FuseReply reply) {
        free.push(reply);
    }
}
