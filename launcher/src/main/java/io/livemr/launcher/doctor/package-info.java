/**
 * Says what this machine can do for LiveMR, by trying it where that is quick, and what to do about what it cannot.
 */
package io.livemr.launcher.doctor;
