package io.livemr.control.jar;

/**
 * A jar that was checked.
 *
 * @param mainClass      the class whose main runs.
 * @param mainInManifest whether the manifest names it; RunJar then takes no name of one.
 * @param sha256         in hex, of the whole file.
 */
public record JobJar(String mainClass, boolean mainInManifest, String sha256, long lengthBytes) { }
