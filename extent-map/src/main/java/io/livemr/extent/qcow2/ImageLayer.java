package io.livemr.extent.qcow2;

import java.io.IOException;

/** A disk image that may lie below another one. */
interface ImageLayer extends DiskImage {

    /** As {@link #translate}, but a range past the end of this image is zeros: a backing file may be shorter. */
    void translateBelow(long offsetBytes, long lengthBytes, TranslationBuilder translation) throws IOException;
}
