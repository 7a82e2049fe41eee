/** A program stands at one of its fail points, and another program is killed at that moment: on a real VM, with all that LiveMR runs. */
package io.livemr.system.failpoint;
