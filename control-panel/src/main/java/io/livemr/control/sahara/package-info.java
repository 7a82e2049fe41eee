/**
 * Jobs as clients of OpenStack Sahara see them: the calls of its version 1.1 about jobs, as openstack4j makes them. What such clients keep here (jars, jobs
 * to be run, data sources) is kept as they said it; all that runs is done by the job package.
 */
package io.livemr.control.sahara;
