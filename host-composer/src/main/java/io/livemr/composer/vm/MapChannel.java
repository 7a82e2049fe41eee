package io.livemr.composer.vm;

import java.nio.file.Path;

/**
 * Where a patched QEMU of one domain hands on map records: docs/protocol.md, section 9.
 *
 * @param socket unix socket that QEMU listens on.
 * @param page   file of the shared page.
 */
public record MapChannel(Path socket, Path page) {
}
