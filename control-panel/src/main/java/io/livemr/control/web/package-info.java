/**
 * What all of the REST interface shares: its description, its lists' limits, and errors as application/problem+json.
 */
package io.livemr.control.web;
