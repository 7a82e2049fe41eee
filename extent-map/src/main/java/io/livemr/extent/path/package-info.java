/**
 * Paths inside a guest, and patterns for them. Agent and composer read a pattern alike.
 */
package io.livemr.extent.path;
