/**
 * Peers and tools of the tests. {@link io.livemr.control.support.FakeComposer} speaks docs/protocol.md section 4 over a real socket.
 */
package io.livemr.control.support;
