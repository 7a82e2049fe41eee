// SPDX-License-Identifier: GPL-2.0
/* Each way to read: the destination's bytes, in the order of the segments, and no other. */
#include "lab.h"

#include <linux/aio_abi.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/uio.h>

/* Drain @count bytes of a pipe or socket and compare them with what belongs at @offset. */
static void drained(int from, const struct composed *file, size_t offset, size_t count)
{
	static uint8_t got[1 << 16];

	for (size_t done = 0; done < count; ) {
		size_t left = count - done;
		ssize_t n = read(from, got, left < sizeof(got) ? left : sizeof(got));

		CHECK(n > 0);
		CHECK(!memcmp(got, file->want + offset + done, n));
		done += n;
	}
}

static void with_image(unsigned segments, struct composed *file)
{
	int image = open(IMAGE_PATH, O_RDONLY);

	CHECK(image >= 0);
	compose(file, image, IMAGE, segments, 0);
}

static void sequential(void)
{
	struct composed file;
	uint8_t *got = malloc(IMAGE_BYTES);
	size_t done = 0;
	ssize_t count;

	with_image(MAX_SEGMENTS, &file);
	while ((count = read(file.fd, got, 1 + lab_random() % 100000)) > 0) {
		CHECK(!memcmp(got, file.want + done, count));
		done += count;
	}

	CHECK(count == 0 && done == file.size);
	CHECK(lseek(file.fd, 0, SEEK_CUR) == (off_t)file.size);
	free(got);
	discard(&file);
}

static void anywhere(void)
{
	struct composed file;
	uint8_t *got = malloc(IMAGE_BYTES);

	with_image(17, &file);
	for (int i = 0; i < 1000; i++) {
		size_t offset = lab_random() % (file.size + 1000), length = lab_random() % 70000;
		size_t left = offset < file.size ? file.size - offset : 0;
		ssize_t count = pread(file.fd, got, length, offset);

		CHECK(count == (ssize_t)(length < left ? length : left));
		CHECK(!memcmp(got, file.want + offset, count));
	}
	free(got);
	discard(&file);
}

static void large(void)
{
	struct composed file;
	uint8_t *got = malloc(IMAGE_BYTES);

	with_image(3, &file);
	CHECK(pread(file.fd, got, IMAGE_BYTES, 0) == (ssize_t)file.size);
	CHECK(!memcmp(got, file.want, file.size));
	free(got);
	discard(&file);
}

static void vectors(void)
{
	struct composed file;
	static uint8_t a[5000], b[1], c[70001];
	struct iovec vector[] = { { a, sizeof(a) }, { b, sizeof(b) }, { c, sizeof(c) } };

	with_image(9, &file);
	CHECK(readv(file.fd, vector, 3) == sizeof(a) + sizeof(b) + sizeof(c));
	CHECK(!memcmp(a, file.want, sizeof(a)) && b[0] == file.want[sizeof(a)]);
	CHECK(!memcmp(c, file.want + sizeof(a) + 1, sizeof(c)));
	CHECK(preadv(file.fd, vector, 2, 77) == sizeof(a) + 1 && !memcmp(a, file.want + 77, sizeof(a)));
	discard(&file);
}

static void not_waiting(void)
{
	struct composed file;
	uint8_t byte;
	struct iovec vector = { &byte, 1 };

	with_image(2, &file);
	REFUSED(preadv2(file.fd, &vector, 1, 0, RWF_NOWAIT), EAGAIN);
	discard(&file);
}

/* The kernel faults our pages in between looks at the map. */
static void bad_memory(void)
{
	struct composed file;
	void *volatile nowhere = (void *)8;

	with_image(2, &file);
	REFUSED(pread(file.fd, nowhere, 4096, 0), EFAULT);
	discard(&file);
}

static void sent(void)
{
	struct composed file;
	int ends[2];
	off_t offset = 4099;

	with_image(21, &file);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	while (offset < (off_t)file.size) {
		off_t before = offset;
		ssize_t count = sendfile(ends[0], file.fd, &offset, 50000);

		CHECK(count > 0 && offset == before + count);
		drained(ends[1], &file, before, count);
	}
	CHECK(sendfile(ends[0], file.fd, &offset, 1) == 0);
	discard(&file);
}

static void spliced(void)
{
	struct composed file;
	int ends[2];
	loff_t offset = 0;

	with_image(21, &file);
	CHECK(pipe(ends) == 0);
	while (offset < (loff_t)file.size) {
		loff_t before = offset;
		ssize_t count = splice(file.fd, &offset, ends[1], NULL, 1 << 20, 0);

		CHECK(count > 0 && offset == before + count);
		drained(ends[0], &file, before, count);
	}
	CHECK(splice(file.fd, &offset, ends[1], NULL, 1, 0) == 0);
	discard(&file);
}

static void direct(void)
{
	struct composed file;
	uint8_t *got = NULL;
	int fd;

	with_image(12, &file);
	CHECK(!posix_memalign((void **)&got, 4096, IMAGE_BYTES));
	fd = open(FILE_PATH, O_RDONLY | O_DIRECT);
	CHECK(fd >= 0);
	CHECK(holds_all(fd, &file));
	CHECK(pread(fd, got, 8192, 4096) == 8192 && !memcmp(got, file.want + 4096, 8192));
	CHECK(pread(fd, got + 1, 777, 13) == 777 && !memcmp(got + 1, file.want + 13, 777));
	discard(&file);
}

static void asynchronous(void)
{
	struct composed file;
	static uint8_t got[30000];
	struct iocb block = { .aio_lio_opcode = IOCB_CMD_PREAD, .aio_buf = (uintptr_t)got, .aio_nbytes = sizeof(got),
			      .aio_offset = 5 }, *blocks[] = { &block };
	struct io_event event;
	aio_context_t context = 0;

	with_image(30, &file);
	block.aio_fildes = file.fd;
	CHECK(syscall(SYS_io_setup, 1, &context) == 0);
	CHECK(syscall(SYS_io_submit, context, 1, blocks) == 1);
	CHECK(syscall(SYS_io_getevents, context, 1, 1, &event, NULL) == 1);
	CHECK(event.res == sizeof(got) && !memcmp(got, file.want + 5, sizeof(got)));
	discard(&file);
}

static void copied(void)
{
	struct composed file, copy;
	size_t done = 0;
	loff_t at = 0;

	with_image(5, &file);
	copy = file;
	copy.fd = open("/store/copy", O_RDWR | O_CREAT | O_TRUNC, 0600);
	while (done < file.size) {
		ssize_t count = copy_file_range(file.fd, &at, copy.fd, NULL, file.size - done, 0);

		CHECK(count > 0);
		done += count;
	}
	CHECK(holds_all(copy.fd, &file));
	close(copy.fd);
	unlink("/store/copy");
	discard(&file);
}

static void status(void)
{
	struct composed file;
	struct stat status;

	with_image(40, &file);
	CHECK(fstat(file.fd, &status) == 0);
	CHECK(status.st_size == (off_t)file.size);
	CHECK(status.st_blocks >= (blkcnt_t)(file.size + 511) / 512);
	CHECK(S_ISREG(status.st_mode));
	discard(&file);
}

static void no_space(void)
{
	struct composed file;
	struct statvfs before, after;

	CHECK(statvfs("/store", &before) == 0);
	with_image(40, &file);
	CHECK(statvfs("/store", &after) == 0);
	CHECK(before.f_bfree - after.f_bfree <= 1);	/* the attribute's block */
	discard(&file);
}

static void seeks(void)
{
	struct composed file;
	off_t size;

	with_image(6, &file);
	size = file.size;
	CHECK(lseek(file.fd, 0, SEEK_DATA) == 0 && lseek(file.fd, 4097, SEEK_DATA) == 4097);
	CHECK(lseek(file.fd, 0, SEEK_HOLE) == size && lseek(file.fd, size - 1, SEEK_HOLE) == size);
	REFUSED(lseek(file.fd, size, SEEK_DATA), ENXIO);
	CHECK(lseek(file.fd, -5, SEEK_END) == size - 5);
	discard(&file);
}

static void advised(void)
{
	struct composed file;

	with_image(6, &file);
	CHECK(posix_fadvise(file.fd, 0, 0, POSIX_FADV_WILLNEED) == 0);
	CHECK(readahead(file.fd, 0, 1 << 20) == 0);
	CHECK(holds_all(file.fd, &file));
	discard(&file);
}

static void from_device(void)
{
	struct composed file;
	int device = open(DEVICE_PATH, O_RDONLY);

	CHECK(device >= 0);
	compose(&file, device, DEVICE, 33, 0);
	CHECK(holds_all(file.fd, &file));
	discard(&file);
}

static void from_elsewhere(void)
{
	struct composed file;
	int other = open(OTHER_PATH, O_RDONLY);

	CHECK(other >= 0);
	compose(&file, other, OTHER, 33, 0);
	CHECK(holds_all(file.fd, &file));
	discard(&file);
}

static void after_close(void)
{
	struct composed file;

	with_image(10, &file);
	close(file.image);
	CHECK(holds_all(file.fd, &file));
	discard(&file);
}

/* The kernel reads through a description of its own. */
static void direct_image(void)
{
	struct composed file;
	int image = open(IMAGE_PATH, O_RDONLY | O_DIRECT);

	CHECK(image >= 0);
	compose(&file, image, IMAGE, 10, 0);
	CHECK(holds_all(file.fd, &file));
	CHECK(lseek(image, 0, SEEK_CUR) == 0);
	discard(&file);
}

static void fresh_bytes(void)
{
	struct composed file;
	int writer = open(IMAGE_PATH, O_WRONLY);
	uint8_t new = 0, got;
	off_t at;

	with_image(1, &file);
	at = file.segments[0].offset + 100;
	CHECK(pread(file.fd, &got, 1, 100) == 1 && got == pattern(IMAGE, at));
	CHECK(pwrite(writer, &new, 1, at) == 1);
	CHECK(pread(file.fd, &got, 1, 100) == 1 && got == new);
	new = pattern(IMAGE, at);
	CHECK(pwrite(writer, &new, 1, at) == 1);
	discard(&file);
}

static int nobody_reads(void)
{
	uint8_t got[100];
	int fd = open(FILE_PATH, O_RDONLY);

	return open(IMAGE_PATH, O_RDONLY) < 0 && pread(fd, got, sizeof(got), 0) == sizeof(got) ? 0 : 1;
}

static void others(void)
{
	struct composed file;

	with_image(2, &file);
	CHECK(as_nobody(nobody_reads) == 0);
	discard(&file);
}

const struct test read_tests[] = {
	{ "read should give the destination's bytes in the order of the segments", sequential },
	{ "pread should give them at any offset and length", anywhere },
	{ "one pread should cross segments and buffers", large },
	{ "readv and preadv should fill each vector", vectors },
	{ "a read that must not wait should fail with EAGAIN", not_waiting },
	{ "a read into memory that is not there should fail with EFAULT", bad_memory },
	{ "sendfile should send them", sent },
	{ "splice should give them to a pipe", spliced },
	{ "O_DIRECT should read them, aligned or not", direct },
	{ "AIO should read them", asynchronous },
	{ "copy_file_range should copy them", copied },
	{ "stat should tell the size, and blocks so that nobody takes it for a hole", status },
	{ "a composed file should take no more space than its attribute", no_space },
	{ "SEEK_DATA and SEEK_HOLE should find data only", seeks },
	{ "fadvise and readahead should do no harm", advised },
	{ "a block device should serve as destination", from_device },
	{ "a file of another file system should serve as destination", from_elsewhere },
	{ "reads should go on when the destination's descriptor is closed", after_close },
	{ "O_DIRECT on the destination's descriptor should not matter", direct_image },
	{ "a read should see what was written to the destination before it", fresh_bytes },
	{ "who may read the file should read it without a right on the destination", others },
	{ 0 },
};
