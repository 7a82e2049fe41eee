/**
 * Data disks: what one may be ({@link io.livemr.lab.disk.DataDisk}) and how its image files are made.
 * Images are made with QEMU's own tools, and the guest formats what is blank.
 */
package io.livemr.lab.disk;
