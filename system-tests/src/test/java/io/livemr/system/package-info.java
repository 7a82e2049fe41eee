/**
 * Tests of the whole system: real virtual machines, a real file system in a real image, real Hadoop daemons.
 * What a guest says of its own file, by {@code sha256sum} in the guest, is the oracle.
 */
package io.livemr.system;
