package io.livemr.bench.read;

import java.nio.file.Path;

/** Bytes of a composed file and where they are: in {@code image} from {@code imageOffsetBytes} on, or zeros when {@code image} is null. */
record Range(long fileOffsetBytes, Path image, long imageOffsetBytes, long lengthBytes) { }
