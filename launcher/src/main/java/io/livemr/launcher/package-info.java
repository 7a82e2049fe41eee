/**
 * The program behind {@code ./livemr}: its verbs, and nothing else. Each verb's work is in a package of its own.
 */
package io.livemr.launcher;
