/**
 * Callers of the REST interfaces of one host: composer, control panel, and the NameNode's WebHDFS. They carry the
 * server's own words for an error up to the user; none of them tries a call again.
 */
package io.livemr.launcher.client;
