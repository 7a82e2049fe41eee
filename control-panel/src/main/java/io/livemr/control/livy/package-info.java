/**
 * Jobs as Apache Livy's clients see them: its REST calls about batches. All is done by the job package; here only words are translated.
 */
package io.livemr.control.livy;
