package io.livemr.agent.grant;

import java.util.regex.Pattern;

/** Names of those who ask. */
public final class Requester {
    private static final Pattern NAME = Pattern.compile("[\\w.@+-]{1,64}");

    private Requester() {
    }

    public static boolean isName(final String text) {
        return NAME.matcher(text).matches();
    }
}
