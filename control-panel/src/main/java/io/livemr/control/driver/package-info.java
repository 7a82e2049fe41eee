/**
 * Both ends of a driver that runs as a user of its own: the guard's child, which asks for it, and the service that systemd starts for each
 * connection. They run on the JDK alone. A connection is a driver's life: when one end is gone, so is the driver.
 */
package io.livemr.control.driver;
