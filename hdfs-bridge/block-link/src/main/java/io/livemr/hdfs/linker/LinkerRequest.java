package io.livemr.hdfs.linker;

import java.util.List;

/**
 * A line to the {@link Linker}: what is to be removed from HDFS, and then what is to be made there, in this order. Carried out twice it leaves the same,
 * where what is made is below what is removed.
 *
 * @param id     repeated in the answer.
 * @param remove paths, with all that is below them; what is not there is removed.
 */
record LinkerRequest(long id, List<String> remove, List<Order> make) {

    /** A file, and the composer of its sources: address, and a file with its token. */
    record Order(String composerUrl, String composerTokenFile, FileLink link) {
    }

    LinkerRequest {
        remove = remove == null ? List.of() : List.copyOf(remove);
        make = make == null ? List.of() : List.copyOf(make);
    }
}
