/**
 * {@code livemr lab …}: picocli commands over {@link io.livemr.lab.Lab}. What a person reads goes to stderr, what a program may
 * read goes to stdout, as JSON where {@code --output json} says so.
 */
package io.livemr.lab.cli;
