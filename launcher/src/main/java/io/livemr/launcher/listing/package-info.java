/**
 * Verbs that list what the control panel knows: jobs, files, grants, machines, hosts.
 */
package io.livemr.launcher.listing;
