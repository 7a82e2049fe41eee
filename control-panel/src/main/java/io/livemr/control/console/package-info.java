/**
 * The web console, whose files lie in {@code static}: who may load them and what a browser may do with them. What it shows comes from the REST
 * interface alone.
 */
package io.livemr.control.console;
