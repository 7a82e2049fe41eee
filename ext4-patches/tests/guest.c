// SPDX-License-Identifier: GPL-2.0
/*
 * The guest's only program: changes granted and other files of /dev/sda in
 * every way, and says at the end what each granted file holds.
 *
 * Every 8 bytes that it writes are a little-endian number
 *
 *	inode (16 bits) | generation (16 bits) | file offset / 8 (32 bits)
 *
 * so whoever finds them on the disk knows whose they are.  Takes its orders
 * from the kernel's command line: seed=N seconds=N processes=N mount=OPTIONS
 * what=append|all|rules.  Lines on the console that begin with "@" are for the host.
 */
#define _GNU_SOURCE
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>
#include <linux/falloc.h>
#include <linux/fs.h>

#include "guest.h"

#define BLOCK		4096
#define FILES		12		/* of each process; the even ones are granted */
#define BUFFER		(1 << 20)
#define LARGEST		(6 << 20)

struct move { uint32_t reserved, donor; uint64_t from, to, count, moved; };
#define MOVE_EXT	_IOWR('f', 15, struct move)

static unsigned int seed;
static char *buffer;
static int grain = 8;		/* sizes and offsets are multiples of it */
static char options[256] = "rw";
static char device[32];

static unsigned int below(unsigned int limit)
{
	return rand_r(&seed) % limit;
}

static uint64_t owner_of(int fd)
{
	struct stat stat;
	int generation = 0;

	fstat(fd, &stat);
	ioctl(fd, FS_IOC_GETVERSION, &generation);
	return (uint64_t)(stat.st_ino & 0xffff) << 48 |
	       (uint64_t)(generation & 0xffff) << 32;
}

/* The buffer's first byte is the file's byte @offset. */
static void fill(int fd, off_t offset, size_t size)
{
	uint64_t owner = owner_of(fd);
	size_t skew = offset % 8, i;
	uint64_t *words = (uint64_t *)buffer;

	for (i = 0; i < (size + skew + 7) / 8; i++)
		words[i] = htole64(owner | (uint32_t)(offset / 8 + i));
	if (skew)
		memmove(buffer, buffer + skew, size);
}

/* Where ranges move within a file, words stay whole: a cut one is nobody's. */
void write_at(int fd, off_t offset, size_t size)
{
	size_t chunk;

	offset -= offset % grain;
	size -= size % grain;
	for (; size; size -= chunk, offset += chunk) {
		chunk = size < BUFFER / 4 ? size : BUFFER / 4;
		fill(fd, offset, chunk);
		if (pwrite(fd, buffer, chunk, offset) != (ssize_t)chunk)
			return;		/* the disk may be full */
	}
}

static void put(unsigned char *at, uint64_t value, int bytes)
{
	while (bytes--) {
		at[bytes] = value;
		value >>= 8;
	}
}

/* docs/protocol.md, section 7: one requester, for an hour */
void grant(int fd, int inode_skew, int seconds)
{
	unsigned char value[32 + 10 + 4] = "LMR1";
	uint64_t expiry = time(NULL) + seconds;
	struct stat stat;
	int generation = 0;

	fstat(fd, &stat);
	ioctl(fd, FS_IOC_GETVERSION, &generation);
	put(value + 4, stat.st_uid, 4);
	put(value + 8, stat.st_ino + inode_skew, 8);
	put(value + 16, (uint32_t)generation, 4);
	put(value + 20, 1, 4);
	put(value + 24, expiry, 8);
	put(value + 32, expiry, 8);
	put(value + 40, 4, 2);
	memcpy(value + 42, "test", 4);
	if (fsetxattr(fd, "trusted.livemr", value, sizeof(value), 0))
		printf("@FAIL setxattr %s\n", strerror(errno));
}

static void announce(int fd)
{
	struct announce arg = { .epoch = 1 };
	struct stat stat;

	if (!ioctl(fd, ANNOUNCE, &arg) || errno == EMFILE)
		return;
	fstat(fd, &stat);
	if (stat.st_nlink)
		printf("@FAIL announce %lu %s\n", stat.st_ino, strerror(errno));
}

static int open_file(const char *name, int granted, int flags)
{
	int fd = open(name, O_RDWR | O_CREAT | flags, 0644);
	struct stat stat;

	if (fd < 0)
		return fd;
	fstat(fd, &stat);
	if (granted && fgetxattr(fd, "trusted.livemr", NULL, 0) < 0) {
		grant(fd, 0, 3600);
		announce(fd);
	}
	return fd;
}

static off_t size_of(int fd)
{
	struct stat stat;

	fstat(fd, &stat);
	return stat.st_size;
}

static void append(int fd, int aligned)
{
	off_t end = size_of(fd);

	if (end > LARGEST)
		return;
	if (aligned)
		write_at(fd, end & -BLOCK, BLOCK * (1 + below(32)));
	else
		write_at(fd, end, 1 + below(50000));
	if (!below(3))
		fdatasync(fd);
}

static void dirty_by_mapping(int fd)
{
	off_t end = size_of(fd) & -BLOCK;
	char *map;
	off_t at;

	if (!end)
		return;
	map = mmap(NULL, end, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return;
	for (at = 0; at < end; at += BLOCK * (1 + below(8))) {
		fill(fd, at, BLOCK);
		memcpy(map + at, buffer, BLOCK);
	}
	if (below(2))
		msync(map, end, MS_SYNC);
	munmap(map, end);
}

static void move_extents(int fd, const char *name)
{
	char donor_name[80];
	off_t end = size_of(fd) & -BLOCK;
	struct move move = { .count = end / BLOCK };
	int donor;

	if (!end)
		return;
	snprintf(donor_name, sizeof(donor_name), "%s-donor", name);
	donor = open_file(donor_name, below(2), O_TRUNC);
	if (donor < 0)
		return;
	if (!fallocate(donor, 0, 0, end)) {
		if (below(2))
			write_at(donor, 0, end);
		fsync(donor);
		move.donor = donor;
		ioctl(fd, MOVE_EXT, &move);
	}
	unlink(donor_name);
	close(donor);
}

static void reserve(int fd, int mode)
{
	off_t end = size_of(fd) + BLOCK * 64;

	fallocate(fd, mode, below(end / BLOCK) * (off_t)BLOCK,
		  BLOCK * (1 + below(64)));
}

static void change(int fd, const char *name)
{
	off_t end = size_of(fd);
	char other[80];

	switch (below(20)) {
	case 0: case 1: case 2: case 3: append(fd, 0); break;
	case 4: case 5: append(fd, 1); break;
	case 6: write_at(fd, end ? below(end) : 0, 1 + below(30000)); break;
	case 7: if (end < LARGEST) write_at(fd, end + below(100000), 1 + below(9000)); break;
	case 8: ftruncate(fd, end ? below(end) / grain * grain : 0); break;
	case 9: if (end < LARGEST) ftruncate(fd, end + below(60000) / grain * grain); break;
	case 10: reserve(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE); break;
	case 11: reserve(fd, FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE); break;
	case 12: if (end < LARGEST) reserve(fd, below(2) ? FALLOC_FL_KEEP_SIZE : 0); break;
	case 13: reserve(fd, FALLOC_FL_COLLAPSE_RANGE); break;
	case 14: if (end < LARGEST) reserve(fd, FALLOC_FL_INSERT_RANGE); break;
	case 15: dirty_by_mapping(fd); break;
	case 16: move_extents(fd, name); break;
	case 17: unlink(name); break;
	case 18:
		snprintf(other, sizeof(other), "%s-new", name);
		close(open_file(other, 0, O_TRUNC));
		rename(other, name);
		break;
	case 19: fsync(fd); break;
	}
}

static void worker(int number, int seconds, int only_append)
{
	time_t end = time(NULL) + seconds;
	char name[64];
	int file, fd;

	seed += number * 7919;
	while (time(NULL) < end) {
		file = below(FILES);
		snprintf(name, sizeof(name), "/mnt/p%d-%d", number, file);
		fd = open_file(name, file % 2 == 0, below(3) ? 0 : O_DIRECT);
		if (fd < 0)
			continue;
		if (only_append && (file % 2 == 0 || size_of(fd) < LARGEST))
			append(fd, fcntl(fd, F_GETFL) & O_DIRECT);
		else if (only_append)
			ftruncate(fd, 0);
		else
			change(fd, name);
		if (!below(40))
			syncfs(fd);
		close(fd);
	}
	exit(0);
}

/* "@FILE inode generation bytes checksum"; the checksum is FNV-1a. */
static void report(const char *name)
{
	uint64_t sum = 0xcbf29ce484222325ULL;
	int fd = open(name, O_RDONLY), generation = 0;
	struct stat stat;
	ssize_t got, i;

	if (fd < 0)
		return;
	if (fgetxattr(fd, "trusted.livemr", NULL, 0) >= 0) {
		fsync(fd);
		fstat(fd, &stat);
		ioctl(fd, FS_IOC_GETVERSION, &generation);
		while ((got = read(fd, buffer, BUFFER)) > 0)
			for (i = 0; i < got; i++)
				sum = (sum ^ (unsigned char)buffer[i]) * 0x100000001b3ULL;
		printf("@FILE %lu %u %lu %016lx\n", stat.st_ino,
		       (unsigned int)generation, stat.st_size, sum);
	}
	close(fd);
}

static void report_all(int processes)
{
	char name[64];
	int i, j;

	for (i = 0; i < processes; i++)
		for (j = 0; j < FILES; j++) {
			snprintf(name, sizeof(name), "/mnt/p%d-%d", i, j);
			report(name);
		}
}

static void show(const char *folder, const char *name)
{
	char path[160], text[64];
	int fd;
	ssize_t got;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_RDONLY);
	got = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	if (got > 0) {
		text[got] = 0;
		printf("@STAT %s %s", name, text);
	}
	close(fd);
}

static void show_counters(void)
{
	static const char *names[] = {
		"livemr_records", "livemr_commands", "livemr_failed",
		"livemr_revokes", "livemr_scans", "livemr_queue_max",
		"livemr_withheld_blocks", "warning_count",
	};
	char folder[64];
	unsigned int i;

	snprintf(folder, sizeof(folder), "/sys/fs/ext4/%s", device + 5);
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		show(folder, names[i]);
}

static unsigned int order(const char *line, const char *name, unsigned int other)
{
	const char *at = strstr(line, name);

	return at ? strtoul(at + strlen(name), NULL, 0) : other;
}

static void wait_for_host(void)
{
	char line[16];

	if (!fgets(line, sizeof(line), stdin))
		sleep(600);
}

static void take_orders(char *line)
{
	int fd = open("/proc/cmdline", O_RDONLY);
	ssize_t got = read(fd, line, 2047);
	char *mount_at;

	line[got > 0 ? got : 0] = 0;
	close(fd);
	mount_at = strstr(line, "mount=");
	if (mount_at)
		sscanf(mount_at, "mount=%255[^ \n]", options);
}

int main(void)
{
	static char line[2048];
	int processes, seconds, i;

	setvbuf(stdout, NULL, _IOLBF, 0);
	mkdir("/dev", 0755); mkdir("/proc", 0755); mkdir("/sys", 0755); mkdir("/mnt", 0755);
	mount("dev", "/dev", "devtmpfs", 0, NULL);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sys", "/sys", "sysfs", 0, NULL);
	take_orders(line);
	seed = order(line, "seed=", 1);
	seconds = order(line, "seconds=", 20);
	processes = order(line, "processes=", 4);
	if (strstr(line, "what=append"))
		grain = 1;
	buffer = aligned_alloc(BLOCK, BUFFER + BLOCK);
	snprintf(device, sizeof(device), "/dev/%s", strstr(line, "dev=sda1") ? "sda1" : "sda");
	for (i = 0; access(device, F_OK) && i < 600; i++)
		usleep(100000);		/* disks are looked for in the background */
	if (mount(device, "/mnt", "ext4", 0, strcmp(options, "rw") ? options : NULL))
		printf("@FAIL mount %s\n", strerror(errno));
	else
		printf("@MOUNTED %s\n", options);
	if (strstr(line, "what=rules"))
		processes = 0, rules(device);	/* in a process of its own */
	for (i = 0; i < processes; i++)
		if (!fork())
			worker(i, seconds, strstr(line, "what=append") != NULL);
	while (wait(NULL) > 0)
		;
	report_all(processes);
	printf("@CHECK\n");
	wait_for_host();
	show_counters();
	if (umount("/mnt"))
		printf("@FAIL umount %s\n", strerror(errno));
	printf("@UNMOUNTED\n");
	wait_for_host();
	reboot(RB_POWER_OFF);
	return 0;
}
