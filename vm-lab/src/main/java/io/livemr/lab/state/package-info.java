/**
 * What a lab writes down about itself, so that one process brings it up and another takes it down.
 * The state is written before the thing it speaks of is made.
 */
package io.livemr.lab.state;
