/**
 * Verbs about jobs: thin callers of the control panel, which does the work.
 */
package io.livemr.launcher.job;
