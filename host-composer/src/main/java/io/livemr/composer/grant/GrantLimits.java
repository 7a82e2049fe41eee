package io.livemr.composer.grant;

/** How much one VM may make the composer remember. */
public record GrantLimits(int files, int extentsPerFile) {

    public static GrantLimits defaults() {
        return new GrantLimits(4_096, 1 << 20);
    }
}
