/**
 * The lab as its users see it: say what you want in a {@link io.livemr.lab.LabSpec}, get real VMs from
 * {@link io.livemr.lab.Lab}, and run things in a {@link io.livemr.lab.LabVm}. Everything else in this module serves these.
 */
package io.livemr.lab;
