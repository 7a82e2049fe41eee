// SPDX-License-Identifier: GPL-2.0
/* One file beside a model in memory: after each operation, a piece of it is read and compared. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <linux/falloc.h>

#include "smoke.h"

#define LARGEST (512 << 10)
#define LONGEST (64 << 10)
#define BLOCK 4096
#define PATH FOLDER "/fsx"

static uint8_t model[LARGEST], *buffer;
static size_t size;
static int file, direct;
static bool writes_mapped;

static void reopen(void)
{
	if (file > 0)
		CHECK(!close(file) && !close(direct));
	file = open(PATH, O_RDWR | O_CREAT, 0644);
	direct = open(PATH, O_RDWR | O_DIRECT);
	CHECK(file > 0 && direct > 0);
}

static void drop_caches(void)
{
	int drop = open("/proc/sys/vm/drop_caches", O_WRONLY);

	CHECK(!fsync(file) && drop >= 0 && write(drop, "3", 1) == 1);
	close(drop);
}

static void grow_to(size_t end)
{
	size = end > size ? end : size;
}

static void put(size_t at, size_t count)
{
	fill(buffer, count);
	memcpy(model + at, buffer, count);
}

static void write_piece(size_t at, size_t count)
{
	put(at, count);
	CHECK(pwrite(file, buffer, count, at) == (ssize_t)count);
	grow_to(at + count);
}

static void write_direct(size_t at, size_t count)
{
	at = at / BLOCK * BLOCK;
	count = (count + BLOCK - 1) / BLOCK * BLOCK;
	put(at, count);
	CHECK(pwrite(direct, buffer, count, at) == (ssize_t)count);
	grow_to(at + count);
}

static void write_mapped(size_t at, size_t count)
{
	uint8_t *map;

	if (at + count > size)
		CHECK(!ftruncate(file, at + count));
	grow_to(at + count);
	map = mmap(NULL, LARGEST, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	CHECK(map != MAP_FAILED);
	put(at, count);
	memcpy(map + at, buffer, count);
	if (below(2))
		CHECK(!msync(map, size, MS_SYNC));
	CHECK(!munmap(map, LARGEST));
}

static void truncate_to(size_t at)
{
	CHECK(!ftruncate(file, at));
	if (at < size)
		memset(model + at, 0, size - at);
	size = at;
}

/* Zeros inside the file, whose length stays. */
static bool zero(int mode, size_t at, size_t count)
{
	if (at >= size)
		return true;
	if (fallocate(file, mode | FALLOC_FL_KEEP_SIZE, at, count))
		return false;
	count = at + count > size ? size - at : count;
	memset(model + at, 0, count);
	return true;
}

static bool collapse(size_t at, size_t count)
{
	at = at / BLOCK * BLOCK;
	count = (count + BLOCK - 1) / BLOCK * BLOCK;
	if (at + count >= size)
		return true;
	if (fallocate(file, FALLOC_FL_COLLAPSE_RANGE, at, count))
		return false;
	memmove(model + at, model + at + count, size - at - count);
	memset(model + size - count, 0, count);
	size -= count;
	return true;
}

static bool insert(size_t at, size_t count)
{
	at = at / BLOCK * BLOCK;
	count = (count + BLOCK - 1) / BLOCK * BLOCK;
	if (at >= size || size + count > LARGEST)
		return true;
	if (fallocate(file, FALLOC_FL_INSERT_RANGE, at, count))
		return false;
	memmove(model + at + count, model + at, size - at);
	memset(model + at, 0, count);
	size += count;
	return true;
}

static bool allocate(size_t at, size_t count)
{
	if (fallocate(file, 0, at, count))
		return false;
	grow_to(at + count);
	return true;
}

static void compare(size_t at, size_t count)
{
	size_t wanted = at >= size ? 0 : at + count > size ? size - at : count;
	int from = below(4) ? file : direct;

	if (from == direct)
		at = at / BLOCK * BLOCK, wanted = at >= size ? 0 : size - at > LONGEST ? LONGEST : size - at, count = LONGEST;
	CHECK(pread(from, buffer, count, at) == (ssize_t)wanted);
	CHECK(!memcmp(buffer, model + at, wanted));
}

static const char *const names[] = { "punch", "zero", "collapse", "insert", "allocate" };
static unsigned long done[5], refused[5];

static bool special(unsigned int which, size_t at, size_t count)
{
	switch (which) {
	case 0: return zero(FALLOC_FL_PUNCH_HOLE, at, count);
	case 1: return zero(FALLOC_FL_ZERO_RANGE, at, count);
	case 2: return collapse(at, count);
	case 3: return insert(at, count);
	default: return allocate(at, count);
	}
}

/* Some kinds of file know not all of these; the file is as before then. */
static void try_special(unsigned int which, size_t at, size_t count)
{
	if (special(which, at, count)) {
		done[which]++;
	} else {
		CHECK(errno == EOPNOTSUPP || errno == EINVAL);
		refused[which]++;
	}
}

static void step(void)
{
	size_t at = below(LARGEST - LONGEST - BLOCK), count = 1 + below(LONGEST);
	unsigned int which = below(14);

	if (which < 5)
		try_special(which, at, count);
	else if (which < 7)
		write_piece(at, count);
	else if (which < 9)
		write_direct(at, count);
	else if (which < 11 && writes_mapped)
		write_mapped(at, count);
	else if (which == 11)
		truncate_to(at);
	else if (!below(8))
		drop_caches();
	else if (!below(8))
		reopen();
	compare(below(LARGEST), 1 + below(LONGEST - 1));
}

void fsx(int operations, bool mapped)
{
	writes_mapped = mapped;
	buffer = aligned_alloc(BLOCK, LONGEST + BLOCK);
	reopen();
	while (operations--)
		step();
	drop_caches();
	for (size_t at = 0; at < LARGEST; at += LONGEST)
		compare(at, LONGEST);
	for (int i = 0; i < 5; i++)
		printf("# %s: %lu done, %lu refused\n", names[i], done[i], refused[i]);
	CHECK(!unlink(PATH));
}
