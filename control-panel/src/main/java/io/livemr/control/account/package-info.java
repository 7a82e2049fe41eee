/**
 * Local accounts: who somebody is, to which project he belongs and what his role lets him do. Passwords are kept as Spring Security's
 * DelegatingPasswordEncoder makes them.
 */
package io.livemr.control.account;
