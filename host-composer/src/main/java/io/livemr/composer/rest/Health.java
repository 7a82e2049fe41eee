package io.livemr.composer.rest;

import java.util.Map;

/** What is wrong now: part → why. Empty when all is well. */
public interface Health {

    Map<String, String> troubles();
}
