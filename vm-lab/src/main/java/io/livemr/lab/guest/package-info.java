/**
 * The guest's kernel, initramfs and system disk: built by the scripts among this module's resources, kept in a cache outside the
 * checkout. The key of an image is the hash of all that goes into it.
 */
package io.livemr.lab.guest;
