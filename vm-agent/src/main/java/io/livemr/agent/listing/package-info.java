/**
 * Tells the composer the names of files that a pattern means, as far as the VM's administrator lets the requester know them.
 */
package io.livemr.agent.listing;
