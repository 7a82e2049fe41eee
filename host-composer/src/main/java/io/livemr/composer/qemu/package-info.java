/**
 * Map records that a patched QEMU hands on, one connection a VM: docs/protocol.md, section 9. What QEMU frames is believed, what the records
 * inside say is the guest's word and is checked as if it came in lines.
 */
package io.livemr.composer.qemu;
