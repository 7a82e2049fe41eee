/**
 * The control panel: takes jobs, has their input files composed and linked into HDFS, and runs their drivers. It opens no image and loads no
 * class of a user.
 */
package io.livemr.control;
