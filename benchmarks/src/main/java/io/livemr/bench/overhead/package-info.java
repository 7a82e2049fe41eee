/** What it costs a guest that one of its files is followed: appends a second to granted files and to files that are not. */
package io.livemr.bench.overhead;
