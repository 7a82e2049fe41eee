/**
 * Who is let in and how often: the installation's token, accounts by HTTP Basic, sessions of the web console. What each may do is in
 * {@code AccessRules} by path, and with the objects themselves by {@code Caller}.
 */
package io.livemr.control.access;
