/**
 * The control panel as a process of its own: how soon it is there, how soon it answers, and what it does with more than is good for it.
 */
package io.livemr.bench.panel;
