/**
 * The compute node: QEMU with its map channel, the composer with its real tables, guards and reader, and reads that are compared with the history
 * of the file.
 */
package io.livemr.simulation.host;
