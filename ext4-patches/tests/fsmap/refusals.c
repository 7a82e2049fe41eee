// SPDX-License-Identifier: GPL-2.0
/* What composed files do not do, each with its errno, and that nothing of it leaves a trace. */
#include "lab.h"

#include <linux/fiemap.h>
#include <linux/fs.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/swap.h>
#include <sys/uio.h>
#include <sys/xattr.h>

struct move_extent {
	uint32_t reserved, donor_fd;
	uint64_t orig_start, donor_start, len, moved_len;
};

#define EXT4_IOC_MOVE_EXT	_IOWR('f', 15, struct move_extent)
#define EXT4_IOC_SWAP_BOOT	_IO('f', 17)

static struct composed file;

static void start(void)
{
	int image = open(IMAGE_PATH, O_RDONLY);

	CHECK(image >= 0);
	compose(&file, image, IMAGE, 4, 0);
}

/* Whatever was tried, the bytes and the size are as before. */
static void end(void)
{
	struct stat status;

	CHECK(fstat(file.fd, &status) == 0 && status.st_size == (off_t)file.size);
	CHECK(holds_all(file.fd, &file));
	discard(&file);
}

static void writes(void)
{
	struct iovec vector = { "xyz", 3 };
	void *page = NULL;
	int direct, image = open(IMAGE_PATH, O_RDONLY), ends[2];
	loff_t zero = 0;

	start();
	CHECK(!posix_memalign(&page, 4096, 4096));
	direct = open(FILE_PATH, O_WRONLY | O_DIRECT);
	CHECK(direct >= 0 && pipe(ends) == 0 && write(ends[1], "abc", 3) == 3);
	REFUSED(write(file.fd, "x", 1), EPERM);
	REFUSED(pwrite(file.fd, "x", 1, file.size), EPERM);
	REFUSED(pwrite(file.fd, "x", 1, 1ll << 40), EPERM);
	REFUSED(writev(file.fd, &vector, 1), EPERM);
	REFUSED(pwrite(direct, page, 4096, 0), EPERM);
	REFUSED(pwrite(direct, page, 4096, 1 << 24), EPERM);
	REFUSED(splice(ends[0], NULL, file.fd, &zero, 3, 0), EPERM);
	REFUSED(copy_file_range(image, &zero, file.fd, NULL, 100, 0), EPERM);
	end();
}

static void truncates(void)
{
	start();
	REFUSED(ftruncate(file.fd, 0), EPERM);
	REFUSED(ftruncate(file.fd, file.size + 1), EPERM);
	REFUSED(truncate(FILE_PATH, file.size), EPERM);
	REFUSED(open(FILE_PATH, O_RDWR | O_TRUNC), EPERM);
	end();
}

static void allocates(void)
{
	static const int modes[] = {
		0, FALLOC_FL_KEEP_SIZE, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, FALLOC_FL_COLLAPSE_RANGE,
		FALLOC_FL_INSERT_RANGE, FALLOC_FL_ZERO_RANGE, FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE,
	};

	start();
	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++)
		REFUSED(fallocate(file.fd, modes[i], 4096, 8192), EPERM);
	REFUSED(fallocate(file.fd, FALLOC_FL_KEEP_SIZE, 1 << 24, 8192), EPERM);
	end();
}

static void maps(void)
{
	start();
	REFUSED(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, file.fd, 0) == MAP_FAILED ? -1 : 0, ENODEV);
	REFUSED(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file.fd, 0) == MAP_FAILED ? -1 : 0, ENODEV);
	end();
}

static sigjmp_buf touched;

static void on_bus_error(int signal)
{
	siglongjmp(touched, signal);
}

static void mapped_before(void)
{
	struct segment segment = { 0, 8192 };
	int fd = make_empty(FILE_PATH), image = open(IMAGE_PATH, O_RDONLY);
	volatile char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	CHECK(page != MAP_FAILED);
	CHECK(fsmapcreate(fd, image, &segment, 1, 0) == 0);
	signal(SIGBUS, on_bus_error);
	if (!sigsetjmp(touched, 1)) {
		char byte = page[0];

		CHECK(!"a byte was read" || byte);
	}
	if (!sigsetjmp(touched, 1)) {
		page[4096] = 1;
		CHECK(!"a byte was written");
	}
	close(fd);
	unlink(FILE_PATH);
}

static void blocks(void)
{
	struct fiemap fiemap = { .fm_length = ~0ull };
	int block = 0;

	start();
	REFUSED(ioctl(file.fd, FS_IOC_FIEMAP, &fiemap), EOPNOTSUPP);
	CHECK(ioctl(file.fd, FIBMAP, &block) == 0 && block == 0);
	REFUSED(swapon(FILE_PATH, 0), EIO);
	end();
}

static void moves(void)
{
	int plain = open("/store/plain", O_RDWR | O_CREAT, 0600);
	struct move_extent move = { .len = 1 };

	paint(plain, OTHER, 65536);
	fsync(plain);
	start();
	move.donor_fd = plain;
	REFUSED(ioctl(file.fd, EXT4_IOC_MOVE_EXT, &move), EPERM);
	move.donor_fd = file.fd;
	REFUSED(ioctl(plain, EXT4_IOC_MOVE_EXT, &move), EPERM);
	REFUSED(ioctl(file.fd, EXT4_IOC_SWAP_BOOT), EPERM);
	REFUSED(ioctl(file.fd, FICLONE, plain), EOPNOTSUPP);
	end();
	close(plain);
	unlink("/store/plain");
}

static void attributes(void)
{
	char value[64];

	start();
	CHECK(fgetxattr(file.fd, "trusted.fsmap", NULL, 0) > 0);
	memset(value, 0, sizeof(value));
	REFUSED(fsetxattr(file.fd, "trusted.fsmap", value, sizeof(value), 0), EPERM);
	REFUSED(fremovexattr(file.fd, "trusted.fsmap"), EPERM);
	REFUSED(setxattr(IMAGE_PATH, "trusted.fsmap", value, sizeof(value), 0), EPERM);
	CHECK(fsetxattr(file.fd, "trusted.other", value, 1, 0) == 0);
	end();
}

static int nobody_tries(void)
{
	struct segment segment = { 0, 1 };
	int own = open("/tmp/own", O_RDWR | O_CREAT, 0600);

	REFUSED(fsmapcreate(own, own, &segment, 1, 0), EPERM);
	REFUSED(fsmapcreate(file.fd, file.image, &segment, 1, 0), EPERM);
	REFUSED(fsmapdelete(file.fd), EPERM);
	return 0;
}

static void rights(void)
{
	struct segment segment = { 0, 1 };
	int reader, writer = open(IMAGE_PATH, O_WRONLY);

	start();
	CHECK(chmod("/tmp", 01777) == 0);
	CHECK(as_nobody(nobody_tries) == 0);
	reader = open(FILE_PATH, O_RDONLY);
	REFUSED(fsmapcreate(reader, file.image, &segment, 1, 0), EBADF);
	REFUSED(fsmapdelete(reader), EBADF);
	REFUSED(fsmapcreate(file.fd, writer, &segment, 1, 0), EBADF);
	REFUSED(fsmapcreate(file.fd, open(IMAGE_PATH, O_PATH), &segment, 1, 0), EBADF);
	REFUSED(fsmapcreate(file.fd, -1, &segment, 1, 0), EBADF);
	REFUSED(fsmapcreate(-1, file.image, &segment, 1, 0), EBADF);
	end();
}

static void destinations(void)
{
	struct segment segment = { 0, 1 };
	int fd = make_empty(FILE_PATH), memory = open("/tmp/memory", O_RDWR | O_CREAT, 0600), ends[2];

	CHECK(write(memory, "x", 1) == 1 && pipe(ends) == 0);
	REFUSED(fsmapcreate(fd, memory, &segment, 1, 0), EOPNOTSUPP);
	REFUSED(fsmapcreate(fd, open("/store", O_RDONLY), &segment, 1, 0), EINVAL);
	REFUSED(fsmapcreate(fd, ends[0], &segment, 1, 0), EINVAL);
	REFUSED(fsmapcreate(fd, open("/dev/null", O_RDONLY), &segment, 1, 0), EINVAL);
	REFUSED(fsmapcreate(fd, open("/dev/loop0", O_RDONLY), &segment, 1, 0), EOPNOTSUPP);
	REFUSED(fsmapcreate(fd, fd, &segment, 1, 0), EINVAL);
	close(fd);
	unlink(FILE_PATH);
}

static void files(void)
{
	struct segment segment = { 0, 1 };
	int image = open(IMAGE_PATH, O_RDONLY), fd = make_empty(FILE_PATH), plain, flags;

	REFUSED(fsmapcreate(open("/tmp/f", O_RDWR | O_CREAT, 0600), image, &segment, 1, 0), EOPNOTSUPP);
	REFUSED(fsmapdelete(fd), ENODATA);
	REFUSED(fsmapcreate(fd, image, NULL, 0, 0), ENODATA);
	CHECK(ioctl(fd, FS_IOC_GETFLAGS, &plain) == 0);
	flags = plain | FS_APPEND_FL;
	CHECK(ioctl(fd, FS_IOC_SETFLAGS, &flags) == 0);
	REFUSED(fsmapcreate(fd, image, &segment, 1, 0), EPERM);
	CHECK(ioctl(fd, FS_IOC_SETFLAGS, &plain) == 0);
	CHECK(fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 4096) == 0);
	REFUSED(fsmapcreate(fd, image, &segment, 1, 0), ENOTEMPTY);
	CHECK(ftruncate(fd, 0) == 0 && write(fd, "x", 1) == 1);
	REFUSED(fsmapcreate(fd, image, &segment, 1, 0), ENOTEMPTY);
	CHECK(ftruncate(fd, 0) == 0);
	CHECK(fsmapcreate(fd, image, &segment, 1, 0) == 0);
	close(fd);
	unlink(FILE_PATH);
}

static void nesting(void)
{
	struct segment segment = { 0, 100 };
	int second = make_empty("/store/second"), third = open("/store/third", O_RDWR | O_CREAT, 0600);
	char got[100];

	start();
	REFUSED(fsmapcreate(second, file.fd, &segment, 1, 0), ELOOP);
	/* A plain file as destination, which becomes a composed one later */
	CHECK(write(third, got, sizeof(got)) == sizeof(got));
	CHECK(fsmapcreate(second, third, &segment, 1, 0) == 0);
	CHECK(pread(second, got, sizeof(got), 0) == sizeof(got));
	CHECK(ftruncate(third, 0) == 0 && fsmapcreate(third, file.image, &segment, 1, 0) == 0);
	CHECK(pread(third, got, sizeof(got), 0) == sizeof(got));
	REFUSED(pread(second, got, sizeof(got), 0), EIO);
	end();
	close(second);
	close(third);
	unlink("/store/second");
	unlink("/store/third");
}

const struct test refuse_tests[] = {
	{ "every kind of write should fail with EPERM", writes },
	{ "truncate and O_TRUNC should fail with EPERM", truncates },
	{ "fallocate should fail with EPERM in every mode", allocates },
	{ "mmap should fail with ENODEV", maps },
	{ "a mapping from before should end in SIGBUS", mapped_before },
	{ "FIEMAP and swapon should be refused, FIBMAP find no block", blocks },
	{ "MOVE_EXT, SWAP_BOOT and FICLONE should be refused", moves },
	{ "trusted.fsmap should not be set or removed by hand", attributes },
	{ "neither other users nor wrong descriptors should get a map", rights },
	{ "destinations that are no file, no device or not known should be refused", destinations },
	{ "files that are not empty, not on ext4 or append-only should be refused", files },
	{ "a composed file should not be a destination, not even later", nesting },
	{ 0 },
};
