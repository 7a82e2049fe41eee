/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the test's files share: the calls under test, a pattern to tell bytes by, and how a check fails.
 *
 * Everything runs as process 1 of a virtual machine with three disks:
 *   /dev/vda  ext4, at /store: composed files, and images on the same file system
 *   /dev/vdb  no file system: a device as destination
 *   /dev/vdc  ext4, at /other: an image on another file system
 */
#ifndef LAB_H
#define LAB_H

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define NR_fsmapcreate	1000
#define NR_fsmapdelete	1001
#define FSMAP_REOPEN	1u
#define MAX_SEGMENTS	64

struct segment {
	uint64_t offset, length;
};

#define IMAGE_BYTES	(8 << 20)
#define FILE_PATH	"/store/livemr_a"
#define IMAGE_PATH	"/store/image"
#define OTHER_PATH	"/other/image"
#define DEVICE_PATH	"/dev/vdb"

/* Tags of the pattern: which destination a byte is from */
enum { IMAGE = 1, OTHER = 2, DEVICE = 3 };

/* A composed file, what it was made of, and the bytes it must show */
struct composed {
	int fd, image;
	struct segment segments[MAX_SEGMENTS];
	unsigned count;
	uint8_t *want;
	size_t size;
};

/* Ends the running test with a message if @condition is false. */
#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)
/* The call must fail, and with that error. */
#define REFUSED(call, error) do { \
	errno = 0; \
	long refused_ = (long)(call); \
	refused(refused_ == -1, errno, error, #call, __FILE__, __LINE__); \
} while (0)

void check(bool ok, const char *what, const char *file, int line);
void refused(bool failed, int got, int want, const char *what, const char *file, int line);

int fsmapcreate(int file, int destination, const struct segment *segments, unsigned count, unsigned flags);
int fsmapdelete(int file);

uint64_t lab_random(void);			/* seeded: fsmap.seed=N on the kernel's command line */
uint8_t pattern(int tag, uint64_t offset);	/* the byte that destination @tag holds at @offset */
void paint(int fd, int tag, uint64_t bytes);
bool is_pattern(const uint8_t *bytes, int tag, uint64_t offset, size_t count);

int make_image(const char *path, int tag);	/* IMAGE_BYTES long; returns a descriptor to read */
int make_empty(const char *path);		/* returns a descriptor to read and write */
void compose(struct composed *file, int destination, int tag, unsigned count, unsigned flags);
void discard(struct composed *file);		/* closes, unlinks, frees */
bool holds_all(int fd, const struct composed *file);
void remount(const char *device, const char *path);
int as_nobody(int (*what)(void));		/* its result, from a child without rights */

struct test {
	const char *name;
	void (*run)(void);
};

extern const struct test read_tests[], refuse_tests[], table_tests[], life_tests[], withdraw_tests[];

#endif
