/**
 * Grants as they are kept: in the file's {@code trusted.livemr} attribute, and in a small index of where to look for it.
 * Also the policy file by which the VM's administrator answers beforehand.
 */
package io.livemr.agent.grant;
