/**
 * The composer's REST calls and event stream: docs/protocol.md, section 4.
 * Everything but {@code /health} needs the token of the state folder.
 */
package io.livemr.composer.rest;
