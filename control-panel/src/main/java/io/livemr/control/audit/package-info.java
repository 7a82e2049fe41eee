/**
 * The audit log: who submitted, who read which file of which machine, when, by whose yes. Each row is written in the transaction that makes
 * what it tells of.
 */
package io.livemr.control.audit;
