/**
 * What all of the REST interface shares: the token, and errors as application/problem+json.
 */
package io.livemr.control.web;
