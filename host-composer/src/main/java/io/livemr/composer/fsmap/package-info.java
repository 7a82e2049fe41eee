/** Composed files as files of the kernel's own, where the host's kernel has {@code fsmapcreate} and the guest's disk is raw (docs/decisions/0006). */
package io.livemr.composer.fsmap;
