/**
 * Asks the owner of a file and takes the answer: requests, mail, and the socket that {@code livemr-grant} talks to.
 * Who the owner is, the kernel says; never a message.
 */
package io.livemr.agent.consent;
