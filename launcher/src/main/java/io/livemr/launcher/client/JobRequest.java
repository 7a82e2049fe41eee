package io.livemr.launcher.client;

import java.nio.file.Path;
import java.util.List;

/**
 * A job as a user submits it: an ordinary job jar, and files of virtual machines.
 *
 * @param mainClass null if the jar's manifest names it.
 * @param args      may hold {@code {input}} and {@code {output}}; empty for just these two.
 */
public record JobRequest(String name, Path jar, String mainClass, List<String> args, List<Input> inputs) {
    /** One file of a VM. */
    public record Input(String vm, String path) {
    }
}
