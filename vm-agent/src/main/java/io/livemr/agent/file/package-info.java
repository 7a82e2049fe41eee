/**
 * Opens what a request names, and refuses by name what the agent cannot promise to keep in place.
 * What comes out is an open file with its identity, its owner and the disk it lies on.
 */
package io.livemr.agent.file;
