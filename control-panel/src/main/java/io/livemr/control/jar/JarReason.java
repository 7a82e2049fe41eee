package io.livemr.control.jar;

import java.util.Locale;

/** Why a jar is refused. */
public enum JarReason {
    NOT_A_ZIP, JAR_TOO_LARGE, TOO_MANY_ENTRIES, UNPACKED_TOO_LARGE, BAD_ENTRY_NAME, DUPLICATE_ENTRY, NO_MAIN_CLASS, MAIN_CLASS_MISMATCH;

    /** The word in answers and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
