/** The audit log, asked of a running panel and of the stores that write it. */
package io.livemr.control.audit;
