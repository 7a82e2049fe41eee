/** What goes between the programs of a simulation, and what can happen to it on the way. */
package io.livemr.simulation.channel;
