/**
 * The program between the panel and a child process, a script of bash and coreutils: it is there in some milliseconds and takes 4 MB, as it waits beside
 * each driver. It keeps the output within its limit, the time within its limit, and leaves the exit code in a file.
 */
package io.livemr.control.guard;
