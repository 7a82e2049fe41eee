/**
 * What all verbs share: exit codes, results as text or JSON on standard output, progress on standard error.
 */
package io.livemr.launcher.cli;
