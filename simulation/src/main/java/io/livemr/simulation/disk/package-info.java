/**
 * QEMU's side of a virtual disk: image files as QEMU writes them, the page in which a patched one counts, and the disk as the composer opens it,
 * which is the real translation over real files, slowed down to steps.
 */
package io.livemr.simulation.disk;
