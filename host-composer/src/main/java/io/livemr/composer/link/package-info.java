/**
 * Staying in touch with peers that come and go: one thread a peer, which talks to it, and tries again when the talk is over.
 */
package io.livemr.composer.link;
