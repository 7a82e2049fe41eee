/**
 * Child processes: the linker, which lives as long as the panel, and the drivers of jobs. Those outlive the panel and are found again by what they leave in their folder.
 */
package io.livemr.control.engine;
