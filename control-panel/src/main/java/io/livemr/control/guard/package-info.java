/**
 * The program between the panel and a child process, which runs on the JDK alone. It keeps the output within its limit, the time within
 * its limit, and leaves the exit code in a file.
 */
package io.livemr.control.guard;
