/**
 * What holds for every table of the panel's database, H2 or PostgreSQL: text as both can keep it.
 */
package io.livemr.control.database;
