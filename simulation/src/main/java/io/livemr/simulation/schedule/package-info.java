/**
 * What a seed decides: which program goes on, what it does, how much time passes, and which bug it has. All of a simulation is one thread,
 * so that the same seed gives the same run.
 */
package io.livemr.simulation.schedule;
