// SPDX-License-Identifier: GPL-2.0
/* The table: what is accepted, what is merged, where it ends, and how its growth is told. */
#include "lab.h"

#include <limits.h>
#include <sys/inotify.h>
#include <sys/xattr.h>

static int fd, image;

static void start(void)
{
	fd = make_empty(FILE_PATH);
	image = open(IMAGE_PATH, O_RDONLY);
	CHECK(image >= 0);
}

static void end(void)
{
	close(fd);
	unlink(FILE_PATH);
}

static off_t size(void)
{
	struct stat status;

	CHECK(fstat(fd, &status) == 0);
	return status.st_size;
}

/* The attribute's second little-endian word of 16 bits */
static unsigned kept_segments(void)
{
	uint8_t value[2048];

	CHECK(fgetxattr(fd, "trusted.fsmap", value, sizeof(value)) > 4);
	return value[2] | value[3] << 8;
}

static int add(uint64_t offset, uint64_t length)
{
	struct segment segment = { offset, length };

	return fsmapcreate(fd, image, &segment, 1, 0);
}

static void several_calls(void)
{
	struct composed file;
	uint8_t *want = malloc(IMAGE_BYTES);
	size_t bytes = 0;

	start();
	for (int i = 0; i < 40; i++) {
		uint64_t offset = lab_random() % (IMAGE_BYTES - 10000), length = 1 + lab_random() % 10000;

		CHECK(add(offset, length) == 0);
		for (uint64_t at = 0; at < length; at++)
			want[bytes++] = pattern(IMAGE, offset + at);
		file = (struct composed){ .want = want, .size = bytes };
		CHECK(size() == (off_t)bytes && holds_all(fd, &file));
	}
	free(want);
	end();
}

static void adjacent(void)
{
	struct segment segments[MAX_SEGMENTS];

	start();
	for (int i = 0; i < 100; i++)
		CHECK(add(1000 + i * 10, 10) == 0);
	CHECK(kept_segments() == 1 && size() == 1000);
	for (int i = 0; i < MAX_SEGMENTS; i++)
		segments[i] = (struct segment){ 2000 + i * 512, 512 };
	CHECK(fsmapcreate(fd, image, segments, MAX_SEGMENTS, 0) == 0);
	CHECK(kept_segments() == 1 && size() == 1000 + MAX_SEGMENTS * 512);
	end();
}

static void in_order_only(void)
{
	uint8_t got[30];

	start();
	CHECK(add(100, 10) == 0 && add(80, 10) == 0 && add(90, 10) == 0);
	CHECK(kept_segments() == 2);
	CHECK(pread(fd, got, 30, 0) == 30);
	CHECK(is_pattern(got, IMAGE, 100, 10) && is_pattern(got + 10, IMAGE, 80, 20));
	end();
}

static void at_most_64(void)
{
	struct segment segments[MAX_SEGMENTS + 1];
	off_t before;

	start();
	for (int i = 0; i <= MAX_SEGMENTS; i++)
		segments[i] = (struct segment){ i * 1000, 10 };
	REFUSED(fsmapcreate(fd, image, segments, MAX_SEGMENTS + 1, 0), E2BIG);
	CHECK(size() == 0);
	CHECK(fsmapcreate(fd, image, segments, MAX_SEGMENTS, 0) == 0);
	before = size();
	REFUSED(add(100000, 10), E2BIG);
	CHECK(size() == before && kept_segments() == MAX_SEGMENTS);
	CHECK(add(63 * 1000 + 10, 7) == 0);	/* adjacent to the last */
	CHECK(size() == before + 7 && kept_segments() == MAX_SEGMENTS);
	end();
}

static void all_or_nothing(void)
{
	struct segment segments[] = { { 0, 10 }, { 100, 10 }, { IMAGE_BYTES, 1 } };

	start();
	CHECK(add(5000, 10) == 0);
	REFUSED(fsmapcreate(fd, image, segments, 3, 0), EINVAL);
	CHECK(size() == 10 && kept_segments() == 1);
	end();
}

static void outside(void)
{
	start();
	REFUSED(add(0, 0), EINVAL);
	REFUSED(add(IMAGE_BYTES, 1), EINVAL);
	REFUSED(add(IMAGE_BYTES - 10, 11), EINVAL);
	REFUSED(add(UINT64_MAX, 1), EINVAL);
	REFUSED(add(1, UINT64_MAX), EINVAL);
	REFUSED(add(UINT64_MAX - 5, 10), EINVAL);
	REFUSED(add(1ull << 63, 1ull << 63), EINVAL);
	REFUSED(fsmapcreate(fd, image, NULL, 1, 0), EFAULT);
	REFUSED(fsmapcreate(fd, image, NULL, UINT_MAX, 0), E2BIG);
	REFUSED(fsmapcreate(fd, image, NULL, 0, 2), EINVAL);
	CHECK(size() == 0);
	REFUSED(fgetxattr(fd, "trusted.fsmap", NULL, 0), ENODATA);
	CHECK(add(IMAGE_BYTES - 10, 10) == 0);
	end();
}

static void one_destination(void)
{
	struct segment segment = { 0, 10 };

	start();
	CHECK(add(0, 10) == 0);
	REFUSED(fsmapcreate(fd, open(OTHER_PATH, O_RDONLY), &segment, 1, 0), EXDEV);
	REFUSED(fsmapcreate(fd, open(DEVICE_PATH, O_RDONLY), &segment, 1, 0), EXDEV);
	REFUSED(fsmapcreate(fd, image, &segment, 1, FSMAP_REOPEN), EINVAL);
	CHECK(size() == 10);
	end();
}

/* No wait: the event is in the queue when the call returns. */
static bool modified(int watch)
{
	char buffer[4096];
	bool seen = false;
	ssize_t count = read(watch, buffer, sizeof(buffer));

	for (ssize_t at = 0; at < count; ) {
		struct inotify_event *event = (void *)(buffer + at);

		seen |= event->mask & IN_MODIFY;
		at += sizeof(*event) + event->len;
	}
	return seen;
}

static void growth(void)
{
	int watch = inotify_init1(IN_NONBLOCK);
	struct stat before, after;

	start();
	CHECK(inotify_add_watch(watch, FILE_PATH, IN_MODIFY) >= 0);
	CHECK(!modified(watch));
	CHECK(add(0, 10) == 0 && modified(watch));
	CHECK(fstat(fd, &before) == 0);
	usleep(20000);	/* longer than the grain of the file system's clock */
	CHECK(add(10, 10) == 0 && modified(watch));
	CHECK(fstat(fd, &after) == 0);
	CHECK(after.st_mtim.tv_sec > before.st_mtim.tv_sec || after.st_mtim.tv_nsec > before.st_mtim.tv_nsec);
	REFUSED(add(IMAGE_BYTES, 1), EINVAL);
	CHECK(!modified(watch));
	CHECK(fsmapcreate(fd, image, NULL, 0, 0) == 0 && !modified(watch));
	CHECK(fsmapdelete(fd) == 0 && modified(watch));
	end();
}

const struct test table_tests[] = {
	{ "several calls should add segments, each at the end", several_calls },
	{ "adjacent segments should become one", adjacent },
	{ "a segment should be merged only where no byte moves", in_order_only },
	{ "a 65th segment should be refused with E2BIG", at_most_64 },
	{ "a call with one bad segment should add none", all_or_nothing },
	{ "segments that are empty or leave the destination should be refused", outside },
	{ "all segments should be of one destination", one_destination },
	{ "growth should raise IN_MODIFY and the modification time", growth },
	{ 0 },
};
