/** The web console in a real browser, in front of a real panel with real jobs. */
package io.livemr.control.console;
