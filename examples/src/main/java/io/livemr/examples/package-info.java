/**
 * MapReduce jobs to try LiveMR with. They are ordinary Hadoop jobs and know nothing of virtual machines.
 */
package io.livemr.examples;
