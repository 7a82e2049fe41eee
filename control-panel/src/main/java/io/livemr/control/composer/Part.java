package io.livemr.control.composer;

import java.util.List;

/**
 * A part of a composer's list.
 *
 * @param total how long the whole list is.
 */
record Part<T>(List<T> items, long total) { }
