/** Who may do what, asked of a running panel and of its parts. */
package io.livemr.control.access;
