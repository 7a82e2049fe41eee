/**
 * The files that the owners inside one VM have granted, and the maps of them that are in force.
 * Identity comes from the channel and the grant; what a guest says of anything else is rejected and counted.
 */
package io.livemr.composer.grant;
