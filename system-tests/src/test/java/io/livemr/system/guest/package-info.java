/** Programs that tests copy into a guest and run there with the agent's Java: one class each, and nothing but the JDK. */
package io.livemr.system.guest;
