/**
 * The whole trip on one machine, checked against the guest's own count of the same bytes. It believes nothing: what it
 * prints was measured in this run.
 */
package io.livemr.launcher.demo;
