/**
 * Guarded reads of disk images: S1 is enforced here. Bytes are handed on only if map, epoch, lease, translation and QEMU's own lock on the
 * image say the same before and after they were read.
 */
package io.livemr.composer.image;
