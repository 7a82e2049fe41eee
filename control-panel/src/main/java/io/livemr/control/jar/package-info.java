/**
 * Uploaded job jars: stored under a name of the panel's making and checked without loading a class of them. What is refused has a reason.
 */
package io.livemr.control.jar;
