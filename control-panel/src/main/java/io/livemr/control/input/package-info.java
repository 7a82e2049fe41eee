/**
 * The files of virtual machines that a job reads, one record each. Their states are the composer's, docs/protocol.md section 3.4.
 */
package io.livemr.control.input;
