/** What the tests share that kill a real program at each of its fail points and start it again: {@code FailPointIT} of each program's module. */
package io.livemr.failpoint.kill;
