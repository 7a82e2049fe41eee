/**
 * The Debian packages, installed in a container that boots systemd on a throw-away copy of this machine's own root.
 */
package io.livemr.system.packages;
