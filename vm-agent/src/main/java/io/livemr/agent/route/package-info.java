/**
 * The ways on which a granted file's map can reach the composer, one class each, and which of them is taken.
 * What a map says is the package {@code map}'s question.
 */
package io.livemr.agent.route;
