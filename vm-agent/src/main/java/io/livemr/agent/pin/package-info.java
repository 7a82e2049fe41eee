/**
 * Files that are granted: pinning them append-only, announcing where their bytes are, following their growth, and taking
 * the pin off again once the composer has certainly stopped serving. All on the agent's working thread.
 */
package io.livemr.agent.pin;
