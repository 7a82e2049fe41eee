/**
 * All settings under {@code livemr.}, with their units and defaults. An unknown key stops the start.
 */
package io.livemr.control.settings;
