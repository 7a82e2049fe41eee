/**
 * Running commands in a guest through OpenSSH: quoting, one shared connection per VM, and the result.
 * Nothing here knows libvirt.
 */
package io.livemr.lab.ssh;
