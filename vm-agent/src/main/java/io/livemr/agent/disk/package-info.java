/**
 * Where a file system lies on the virtual disk: whole disks, partitions and linear volumes, from sysfs and the device mapper.
 * Anything else is refused by name, because its sectors would not be the disk's.
 */
package io.livemr.agent.disk;
