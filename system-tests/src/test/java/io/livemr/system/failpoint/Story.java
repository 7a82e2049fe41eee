package io.livemr.system.failpoint;

/** What a client does while a program stands at a point and another one dies: each call is sent again until it is answered. */
interface Story {
    /** All that comes before the point. */
    default void begin() throws Exception { }

    /** Passes the point, and returns when what was wanted is so, or was dropped with its reason. */
    void live(Recovery recovery) throws Exception;

    /** Takes all back. */
    default void end(final Recovery recovery) throws Exception { }
}
