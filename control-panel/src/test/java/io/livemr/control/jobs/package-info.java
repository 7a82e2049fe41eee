/**
 * Main classes that tests pack into job jars. They run in driver processes only.
 */
package io.livemr.control.jobs;
