/**
 * Child processes that live as long as the launcher wants and no longer: started again when they die, ended with all
 * their children when the launcher ends, in whatever way it ends. Nothing here knows what the processes do.
 */
package io.livemr.launcher.process;
