// SPDX-License-Identifier: GPL-2.0
/*
 * Withdrawal under load: readers hammer the file, the map is deleted or its holder closes, and from the moment
 * that call returns no byte may arrive in any reader's memory. The memory is shared and painted over right then.
 */
#include "lab.h"

#include <linux/fs.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#define READERS		4
#define BUFFER_BYTES	(192 << 10)
#define ROUNDS		60
#define PAINT		0		/* the pattern has no zero */

struct shared {
	volatile unsigned reads[READERS];	/* finished, by anyone's count */
	volatile unsigned served[READERS];	/* of these, with bytes */
	uint8_t buffers[READERS][BUFFER_BYTES] __attribute__((aligned(4096)));
};

static struct shared *shared;
static int image;

enum manner { PLAIN, DIRECT, FAULTING };

static void hammer(int number, enum manner manner)
{
	int fd = open(FILE_PATH, O_RDONLY | (manner == DIRECT ? O_DIRECT : 0));
	uint8_t *buffer = shared->buffers[number];

	prctl(PR_SET_PDEATHSIG, SIGKILL);	/* if a check fails, no reader stays */
	for (;;) {
		size_t length = 1 + lab_random() % BUFFER_BYTES;
		ssize_t count;

		if (manner == FAULTING)
			madvise(buffer, BUFFER_BYTES, MADV_DONTNEED);	/* shared memory: the pages stay, the mapping goes */
		count = pread(fd, buffer, length, lab_random() % 10000);
		shared->served[number] += count > 0;
		__sync_synchronize();
		shared->reads[number]++;
	}
}

static void wait_for(volatile unsigned *counter, unsigned more)
{
	for (unsigned from = *counter; *counter - from < more; )
		sched_yield();
}

static void hold(int fd)
{
	struct segment segments[] = { { 4097, 100000 }, { 500000, 1 }, { 300000, 150000 } };

	CHECK(fsmapcreate(fd, image, segments, 3, 0) == 0);
}

/* Returns a descriptor on a file without bytes. */
static int by_delete(int fd)
{
	CHECK(fsmapdelete(fd) == 0);
	memset(shared->buffers, PAINT, sizeof(shared->buffers));
	return fd;
}

static int by_close(int fd)
{
	close(fd);
	memset(shared->buffers, PAINT, sizeof(shared->buffers));
	fd = open(FILE_PATH, O_RDWR);
	CHECK(fd >= 0);
	return fd;
}

static bool untouched(void)
{
	for (int i = 0; i < READERS; i++)
		for (size_t at = 0; at < BUFFER_BYTES; at++)
			if (shared->buffers[i][at] != PAINT)
				return false;
	return true;
}

static void rounds(int (*withdraw)(int))
{
	int fd = make_empty(FILE_PATH);
	pid_t readers[READERS];

	for (int i = 0; i < READERS; i++) {
		readers[i] = fork();
		if (!readers[i]) {
			for (int skip = 0; skip <= i; skip++)
				lab_random();
			close(fd);	/* or the description would stay open */
			hammer(i, i % 3);
		}
	}
	for (int round = 0; round < ROUNDS; round++) {
		hold(fd);
		for (int i = 0; i < READERS; i++)
			wait_for(&shared->served[i], 1);
		for (unsigned spin = lab_random() % 20000; spin; spin--)
			__asm__ volatile("pause");
		fd = withdraw(fd);
		for (int i = 0; i < READERS; i++)
			wait_for(&shared->reads[i], 2);
		CHECK(untouched());
		if (withdraw == by_close)
			CHECK(fsmapdelete(fd) == 0);
	}
	for (int i = 0; i < READERS; i++) {
		kill(readers[i], SIGKILL);
		waitpid(readers[i], NULL, 0);
	}
	close(fd);
	unlink(FILE_PATH);
}

static void start(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	image = open(IMAGE_PATH, O_RDONLY);
	CHECK(image >= 0);
}

static void deleted(void)
{
	start();
	rounds(by_delete);
}

static void closed(void)
{
	start();
	rounds(by_close);
}

/* Is @process where it waits for a frozen file system to thaw? */
static bool waits_for_thaw(pid_t process)
{
	char path[64], place[64] = "";
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/wchan", process);
	fd = open(path, O_RDONLY);
	CHECK(fd >= 0 && read(fd, place, sizeof(place) - 1) > 0);
	close(fd);
	return !strcmp(place, "percpu_rwsem_wait");
}

/* The reader's memory is a mapped file; while its file system is frozen, the page fault of a store to it waits. */
static void slow_reader(void)
{
	int frozen = open("/other/memory", O_RDWR | O_CREAT, 0600), fd = make_empty(FILE_PATH), status;
	uint8_t *memory;
	pid_t reader;

	CHECK(frozen >= 0 && ftruncate(frozen, BUFFER_BYTES) == 0 && fsync(frozen) == 0);
	memory = mmap(NULL, BUFFER_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, frozen, 0);
	CHECK(memory != MAP_FAILED);
	start();
	hold(fd);
	CHECK(ioctl(frozen, FIFREEZE, 0) == 0);
	reader = fork();
	if (!reader)
		_exit(pread(open(FILE_PATH, O_RDONLY), memory, BUFFER_BYTES, 0) == 0 ? 0 : 1);
	while (!waits_for_thaw(reader))
		sched_yield();
	CHECK(fsmapdelete(fd) == 0);
	CHECK(waits_for_thaw(reader));
	CHECK(ioctl(frozen, FITHAW, 0) == 0);
	CHECK(waitpid(reader, &status, 0) == reader && status == 0);
	for (size_t at = 0; at < BUFFER_BYTES; at++)
		CHECK(memory[at] == 0);
	close(frozen);
	unlink("/other/memory");
	close(fd);
	unlink(FILE_PATH);
}

/* Readers of a file that grows see what it holds, at every moment. */
static void growing(void)
{
	struct segment segment = { 0, 777 };
	int fd = make_empty(FILE_PATH), status;
	pid_t reader;

	start();
	CHECK(fsmapcreate(fd, image, &segment, 1, 0) == 0);
	reader = fork();
	if (!reader) {
		uint8_t *got = shared->buffers[0];

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;) {
			ssize_t count = pread(fd, got, BUFFER_BYTES, 0);

			CHECK(count >= 777 && is_pattern(got, IMAGE, 0, count));
			shared->reads[0]++;
		}
	}
	for (int i = 0; i < 200; i++) {
		segment.offset += 777;
		CHECK(fsmapcreate(fd, image, &segment, 1, 0) == 0);
		if (i % 20 == 0)
			wait_for(&shared->reads[0], 1);
	}
	CHECK(waitpid(reader, &status, WNOHANG) == 0);
	kill(reader, SIGKILL);
	waitpid(reader, &status, 0);
	close(fd);
	unlink(FILE_PATH);
}

const struct test withdraw_tests[] = {
	{ "no byte should arrive anywhere once fsmapdelete has returned", deleted },
	{ "no byte should arrive anywhere once the holder's close has returned", closed },
	{ "a reader whose memory does not answer should not hold up fsmapdelete", slow_reader },
	{ "readers of a growing file should see its bytes at every moment", growing },
	{ 0 },
};
