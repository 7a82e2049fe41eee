/**
 * The guest: files and blocks with what the page cache holds and what the disk holds, ext4 as it allocates, frees and tells, the agent, and the
 * history of each file that says which bytes a read may give.
 */
package io.livemr.simulation.guest;
