/**
 * {@code bench live}: reading a log while a guest appends to it: how soon, how fast and above all how rightly, beside other ways to look into the
 * disk of a running VM.
 */
package io.livemr.bench.live;
