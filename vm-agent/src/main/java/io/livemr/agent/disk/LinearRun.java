package io.livemr.agent.disk;

/** Sectors of a block device that lie, in order, on sectors of another one. 512-byte sectors. */
record LinearRun(long startSector, long sectors, long targetSector) {

    long endSector() {
        return startSector + sectors;
    }
}
