// SPDX-License-Identifier: GPL-2.0
/* What stays over a close, a remount and a crash, and what does not. */
#include "lab.h"

#include <sys/ioctl.h>
#include <sys/wait.h>

#define EXT4_IOC_SHUTDOWN	_IOR('X', 125, uint32_t)
#define WITHOUT_LOG		2u

static struct composed file;

static void start(const char *path, int tag, unsigned flags)
{
	int image = open(path, O_RDONLY);

	CHECK(image >= 0);
	compose(&file, image, tag, 50, flags);
	close(image);
}

static int reader(void)
{
	int fd = open(FILE_PATH, O_RDONLY);

	CHECK(fd >= 0);
	return fd;
}

static off_t size_of(const char *path)
{
	struct stat status;

	CHECK(stat(path, &status) == 0);
	return status.st_size;
}

static void remount_store(void)
{
	remount("/dev/vda", "/store");
}

/* The composer's process has died: nobody would tell of a move any more. */
static void holder_gone(void)
{
	char byte;
	int fd;

	start(IMAGE_PATH, IMAGE, 0);
	fd = reader();
	CHECK(holds_all(fd, &file));
	close(file.fd);
	REFUSED(pread(fd, &byte, 1, 0), EIO);
	CHECK(pread(fd, &byte, 1, file.size) == 0);
	CHECK(size_of(FILE_PATH) == (off_t)file.size);
	unlink(FILE_PATH);
}

static void killed(void)
{
	int started[2], status, fd;
	pid_t holder;
	char byte;

	CHECK(pipe(started) == 0);
	holder = fork();
	if (!holder) {
		start(IMAGE_PATH, IMAGE, 0);
		CHECK(write(started[1], "x", 1) == 1);
		pause();
	}
	CHECK(read(started[0], &byte, 1) == 1);
	fd = reader();
	CHECK(pread(fd, &byte, 1, 0) == 1);
	CHECK(kill(holder, SIGKILL) == 0 && waitpid(holder, &status, 0) == holder);
	REFUSED(pread(fd, &byte, 1, 0), EIO);
	unlink(FILE_PATH);
}

static void another_close(void)
{
	int fd, again;

	start(IMAGE_PATH, IMAGE, 0);
	fd = open(FILE_PATH, O_RDWR);
	again = dup(file.fd);
	close(fd);
	close(file.fd);
	CHECK(holds_all(again, &file));
	file.fd = again;
	discard(&file);
}

static void next_holder(void)
{
	int image = open(IMAGE_PATH, O_RDONLY), fd;

	start(IMAGE_PATH, IMAGE, 0);
	fd = open(FILE_PATH, O_RDWR);
	CHECK(fsmapcreate(fd, image, NULL, 0, 0) == 0);
	close(file.fd);
	CHECK(holds_all(fd, &file));
	file.fd = fd;
	discard(&file);
}

/* @path is a destination that was open before and can be opened again. */
static void attached_again(const char *path, int tag)
{
	char byte;
	int wrong = open(tag == OTHER ? IMAGE_PATH : OTHER_PATH, O_RDONLY), right;

	start(path, tag, 0);
	close(file.fd);
	close(wrong);
	remount_store();
	CHECK(size_of(FILE_PATH) == (off_t)file.size);
	file.fd = open(FILE_PATH, O_RDWR);
	REFUSED(pread(file.fd, &byte, 1, 0), EIO);
	REFUSED(write(file.fd, "x", 1), EPERM);
	wrong = open(tag == OTHER ? IMAGE_PATH : OTHER_PATH, O_RDONLY);
	right = open(path, O_RDONLY);
	REFUSED(fsmapcreate(file.fd, wrong, NULL, 0, 0), EXDEV);
	REFUSED(pread(file.fd, &byte, 1, 0), EIO);
	CHECK(fsmapcreate(file.fd, right, NULL, 0, 0) == 0);
	CHECK(holds_all(file.fd, &file));
	close(wrong);
	close(right);
	discard(&file);
}

static void remounted(void)
{
	attached_again(IMAGE_PATH, IMAGE);
}

static void remounted_elsewhere(void)
{
	attached_again(OTHER_PATH, OTHER);
}

static void remounted_device(void)
{
	attached_again(DEVICE_PATH, DEVICE);
}

static void reopened(void)
{
	int fd;

	start(IMAGE_PATH, IMAGE, FSMAP_REOPEN);
	close(file.fd);
	fd = reader();
	CHECK(holds_all(fd, &file));
	close(fd);
	remount_store();	/* nothing pins the file system */
	fd = reader();
	CHECK(holds_all(fd, &file));
	file.fd = fd;
	discard(&file);
}

static void reopened_not(void)
{
	struct segment segment = { 0, 10 };
	int fd = make_empty(FILE_PATH), victim = open("/store/victim", O_RDWR | O_CREAT, 0600);
	char byte;

	REFUSED(fsmapcreate(fd, open(OTHER_PATH, O_RDONLY), &segment, 1, FSMAP_REOPEN), EXDEV);
	REFUSED(fsmapcreate(fd, open(DEVICE_PATH, O_RDONLY), &segment, 1, FSMAP_REOPEN), EXDEV);
	paint(victim, OTHER, 4096);
	CHECK(fsmapcreate(fd, victim, &segment, 1, FSMAP_REOPEN) == 0);
	CHECK(pread(fd, &byte, 1, 0) == 1);
	close(victim);
	CHECK(unlink("/store/victim") == 0);
	sync();
	/* The number is likely used again, the generation is not. */
	victim = open("/store/victim", O_RDWR | O_CREAT, 0600);
	paint(victim, DEVICE, 4096);
	REFUSED(pread(fd, &byte, 1, 0), EIO);
	close(victim);
	unlink("/store/victim");
	close(fd);
	unlink(FILE_PATH);
}

/* Never zeros, and never an end of file that is not ours */
static void shrunk(void)
{
	struct segment segment = { 4096, 8192 };
	int fd = make_empty(FILE_PATH), victim = open("/store/victim", O_RDWR | O_CREAT, 0600);
	uint8_t got[8192];

	paint(victim, OTHER, 16384);
	CHECK(fsmapcreate(fd, victim, &segment, 1, 0) == 0);
	CHECK(ftruncate(victim, 8192) == 0);
	CHECK(pread(fd, got, 8192, 0) == 4096 && is_pattern(got, OTHER, 4096, 4096));
	REFUSED(pread(fd, got, 10, 4096), EIO);
	CHECK(ftruncate(victim, 0) == 0);
	REFUSED(pread(fd, got, 10, 0), EIO);
	close(victim);
	unlink("/store/victim");
	close(fd);
	unlink(FILE_PATH);
}

static void ordinary_again(void)
{
	uint8_t got[10];

	start(IMAGE_PATH, IMAGE, 0);
	CHECK(fsmapdelete(file.fd) == 0);
	CHECK(size_of(FILE_PATH) == 0 && pread(file.fd, got, 10, 0) == 0);
	REFUSED(fsmapdelete(file.fd), ENODATA);
	CHECK(pwrite(file.fd, "0123456789", 10, 0) == 10);
	CHECK(pread(file.fd, got, 10, 0) == 10 && !memcmp(got, "0123456789", 10));
	close(file.fd);
	remount_store();
	CHECK(size_of(FILE_PATH) == 10);
	unlink(FILE_PATH);
}

static void used_again(void)
{
	int other = open(OTHER_PATH, O_RDONLY);
	struct segment segment = { 5, 100 };
	uint8_t got[200];

	start(IMAGE_PATH, IMAGE, 0);
	CHECK(fsmapdelete(file.fd) == 0);
	CHECK(fsmapcreate(file.fd, other, &segment, 1, 0) == 0);
	CHECK(pread(file.fd, got, 200, 0) == 100 && is_pattern(got, OTHER, 5, 100));
	discard(&file);
}

/* The power fails right after the call. */
static void deleted_for_good(void)
{
	uint32_t how = WITHOUT_LOG;
	int root;

	start(IMAGE_PATH, IMAGE, FSMAP_REOPEN);
	CHECK(fsync(file.fd) == 0);
	CHECK(fsmapdelete(file.fd) == 0);
	root = open("/store", O_RDONLY);
	CHECK(ioctl(root, EXT4_IOC_SHUTDOWN, &how) == 0);
	close(root);
	close(file.fd);
	remount_store();
	CHECK(size_of(FILE_PATH) == 0);
	unlink(FILE_PATH);
}

/* For the script, which looks at the disk from outside afterwards */
static void kept(void)
{
	start(IMAGE_PATH, IMAGE, FSMAP_REOPEN);
	CHECK(rename(FILE_PATH, "/store/kept") == 0);
	CHECK(fsync(file.fd) == 0);
	close(file.fd);
	CHECK(size_of("/store/kept") == (off_t)file.size);
}

const struct test life_tests[] = {
	{ "reads should fail with EIO when the holder has closed, the size stay", holder_gone },
	{ "reads should fail with EIO when the holder was killed", killed },
	{ "another descriptor's close should not end a map, nor one of two duplicates", another_close },
	{ "a map should pass to the next holder", next_holder },
	{ "a map should survive a remount and serve again once it is held", remounted },
	{ "a map of another file system should do so too", remounted_elsewhere },
	{ "a map of a device should do so too", remounted_device },
	{ "with FSMAP_REOPEN a map should serve after a remount, held by nobody", reopened },
	{ "FSMAP_REOPEN should be for the same file on the same file system only", reopened_not },
	{ "reads behind the end of a destination that shrank should fail with EIO", shrunk },
	{ "after fsmapdelete the file should be an ordinary empty one", ordinary_again },
	{ "after fsmapdelete the file should take another map", used_again },
	{ "a crash should not bring a deleted map back", deleted_for_good },
	{ "a map should be on the disk after fsync", kept },
	{ 0 },
};
