/**
 * Clients of the composers: REST, event stream and the directory of virtual machines, docs/protocol.md section 4. A directory made
 * of something else than composers implements {@link io.livemr.control.composer.VmDirectory}.
 */
package io.livemr.control.composer;
