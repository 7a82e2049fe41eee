// SPDX-License-Identifier: GPL-2.0
/* Many names, no space, and an end without warning. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "smoke.h"

#define CHUNK (64 << 10)
#define PROCESSES 4
#define SYNCED 40

static uint8_t chunk[CHUNK];

static void name(char *path, int process, const char *kind)
{
	sprintf(path, FOLDER "/p%d/%s%u", process, kind, below(30));
}

static void write_some(const char *path)
{
	int file = open(path, O_RDWR | O_CREAT | (below(2) ? O_APPEND : O_TRUNC), 0644);
	size_t count = 1 + below(CHUNK - 1);

	if (file < 0)
		return;		/* a folder, or no such one */
	fill(chunk, count);
	CHECK(write(file, chunk, count) == (ssize_t)count);
	if (!below(4))
		CHECK(!fsync(file));
	CHECK(!close(file));
}

static void change_names(int process)
{
	char one[64], other[64];

	name(one, process, below(4) ? "f" : "d");
	name(other, process, "f");
	switch (below(7)) {
	case 0: unlink(one); break;
	case 1: rename(one, other); break;
	case 2: link(one, other); break;
	case 3: symlink(one, other); break;
	case 4: mkdir(one, 0755); break;
	case 5: rmdir(one); break;
	default: write_some(one);
	}
}

static void hammer(int process, time_t end)
{
	char path[64];

	seed_random(below(1u << 30) + process);
	sprintf(path, FOLDER "/p%d", process);
	CHECK(!mkdir(path, 0755) || errno == EEXIST);
	while (time(NULL) < end)
		change_names(process);
	_exit(0);
}

void stress(int seconds)
{
	time_t end = time(NULL) + seconds;
	int status;

	for (int i = 0; i < PROCESSES; i++)
		if (!fork())
			hammer(i, end);
	for (int i = 0; i < PROCESSES; i++)
		CHECK(wait(&status) > 0 && !status);
}

static unsigned long blocks_free(void)
{
	struct statvfs stat;

	sync();
	CHECK(!statvfs(FOLDER, &stat));
	return stat.f_bfree;
}

void full(void)
{
	unsigned long before = blocks_free();
	int file = open(FOLDER "/full", O_RDWR | O_CREAT, 0644);
	ssize_t count;

	fill(chunk, CHUNK);
	do
		count = write(file, chunk, CHUNK);
	while (count > 0);
	CHECK(count < 0 && errno == ENOSPC);
	CHECK(!close(file) && !unlink(FOLDER "/full"));
	for (int tries = 0; tries < 100 && blocks_free() != before; tries++)
		usleep(100 * 1000);	/* freed at the commit */
	CHECK(blocks_free() == before);
}

static size_t synced_bytes(int i)
{
	return 1 + (i * 7919) % CHUNK;
}

static void synced(int i, bool make)
{
	static uint8_t found[CHUNK];
	size_t count = synced_bytes(i);
	char path[64];
	int file;

	sprintf(path, FOLDER "/synced%d", i);
	file = open(path, make ? O_RDWR | O_CREAT | O_EXCL : O_RDONLY, 0644);
	CHECK(file >= 0);
	seed_random(i + 1);
	fill(chunk, count);
	if (make)
		CHECK(write(file, chunk, count) == (ssize_t)count && !fsync(file));
	else
		CHECK(read(file, found, CHUNK) == (ssize_t)count && !memcmp(found, chunk, count));
	CHECK(!close(file));
}

/* An unlinked file that is open, and names that change, are there to be replayed. */
void before_crash(void)
{
	int orphan = open(FOLDER "/orphan", O_RDWR | O_CREAT, 0644);

	CHECK(orphan >= 0 && write(orphan, chunk, CHUNK) == CHUNK && !fsync(orphan));
	CHECK(!unlink(FOLDER "/orphan"));
	for (int i = 0; i < SYNCED; i++)
		synced(i, true);
	stress(1);
}

void after_crash(void)
{
	for (int i = 0; i < SYNCED; i++)
		synced(i, false);
	CHECK(access(FOLDER "/orphan", F_OK) && errno == ENOENT);
}
