package io.livemr.hdfs.linker;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A line of the {@link Linker}: a request is done, or has ended with an error, with all before it done. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LinkerAnswer(long id, String error) {
}
