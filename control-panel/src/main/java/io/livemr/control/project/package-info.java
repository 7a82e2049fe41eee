/**
 * Projects: what belongs together and is hidden from all others, and which virtual machines each may name.
 */
package io.livemr.control.project;
