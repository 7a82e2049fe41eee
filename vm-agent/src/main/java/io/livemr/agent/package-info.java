/**
 * LiveMR's agent, a service inside the VM: puts the parts together and does what the composer's lines ask.
 * Settings and an example are in the module's README.
 */
package io.livemr.agent;
