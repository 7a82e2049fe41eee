/**
 * Child processes: Hadoop's shell and the drivers of jobs. They outlive the panel and are found again by what they leave in their folder.
 */
package io.livemr.control.engine;
