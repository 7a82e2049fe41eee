/** What a driver of a job is like, for a JVM that is to learn it. */
package io.livemr.driver;
