/**
 * The conversation with one VM's agent over its virtio-serial port: docs/protocol.md, section 1.
 * One reading and one writing thread per VM, so that no VM can hold up another.
 */
package io.livemr.composer.session;
