package io.livemr.control.job;

/** What is done for a job that is in one state. Each call does the next thing that can be done and returns; it may be called at any time, again. */
interface Phase {

    /**
     * @return true when the job is in another state now and can go on at once.
     */
    boolean advance(Job job) throws JobFailure;
}
