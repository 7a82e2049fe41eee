/**
 * The words all modules share: which file, which bytes of it, on which sectors of a virtual disk.
 * Values only: no thread, no clock, no dependency.
 */
package io.livemr.extent;
