// SPDX-License-Identifier: GPL-2.0
/*
 * What the ioctls refuse, and what ends an announcement.  "@GONE inode
 * generation" says that the host must have no map of that file any more,
 * "@HELD" that it must have one.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <linux/fs.h>

#include "guest.h"

static void expect(const char *what, int got, int wanted)
{
	int found = got < 0 ? errno : 0;

	if (found != wanted)
		printf("@FAIL %s: %s, not %s\n", what, strerror(found), strerror(wanted));
}

static int announce_in(int fd, uint32_t epoch, uint32_t flags)
{
	struct announce arg = { epoch, flags };

	return ioctl(fd, ANNOUNCE, &arg);
}

static void say(const char *what, int fd)
{
	struct stat stat;
	int generation = 0;

	fstat(fd, &stat);
	ioctl(fd, FS_IOC_GETVERSION, &generation);
	printf("@%s %lu %u\n", what, stat.st_ino, (unsigned int)generation);
}

static int plain(const char *name)
{
	int fd = open(name, O_RDWR | O_CREAT, 0644);

	write_at(fd, 0, 20000);
	fsync(fd);
	return fd;
}

static int announced(const char *name, int seconds)
{
	int fd = plain(name);

	grant(fd, 0, seconds);
	expect(name, announce_in(fd, 1, 0), 0);
	return fd;
}

static void grants_that_do_not_fit(void)
{
	int fd = plain("/mnt/void");

	expect("no grant", announce_in(fd, 1, 0), ENODATA);
	grant(fd, 1, 3600);
	expect("copied grant", announce_in(fd, 1, 0), ENODATA);
	grant(fd, 0, -1);
	expect("expired grant", announce_in(fd, 1, 0), ENODATA);
	grant(fd, 0, 3600);
	expect("flags", announce_in(fd, 1, 1), EINVAL);
	say("GONE", fd);
	expect("withdraw what is not announced", ioctl(fd, WITHDRAW), 0);
	expect("folder", announce_in(open("/mnt", O_RDONLY), 1, 0), EOPNOTSUPP);
}

static void ends_of_a_grant(void)
{
	int fd = announced("/mnt/removed", 3600), flags = 0;

	expect("remove", fremovexattr(fd, "trusted.livemr"), 0);
	say("GONE", fd);
	fd = announced("/mnt/chowned", 3600);
	expect("chown", fchown(fd, 1000, 1000), 0);
	say("GONE", fd);
	fd = announced("/mnt/unlinked", 3600);
	expect("unlink", unlink("/mnt/unlinked"), 0);
	say("GONE", fd);
	fd = announced("/mnt/replaced", 3600);
	close(plain("/mnt/other"));
	expect("rename", rename("/mnt/other", "/mnt/replaced"), 0);
	say("GONE", fd);
	fd = announced("/mnt/withdrawn", 3600);
	expect("withdraw", ioctl(fd, WITHDRAW), 0);
	say("GONE", fd);
	fd = announced("/mnt/journalled", 3600);
	ioctl(fd, FS_IOC_GETFLAGS, &flags);
	flags |= FS_JOURNAL_DATA_FL;
	expect("chattr +j", ioctl(fd, FS_IOC_SETFLAGS, &flags), 0);
	say("GONE", fd);
	expect("journalled", announce_in(fd, 1, 0), EOPNOTSUPP);
}

/* The next write after the time finds it out. */
static void end_of_time(void)
{
	int fd = announced("/mnt/expired", 2);

	sleep(3);
	write_at(fd, 20000, 5000);
	fsync(fd);
	say("GONE", fd);
}

/* A kernel may be without swap; then there is nothing to refuse. */
static void swap_to(int fd, const char *name)
{
	static char page[4096];
	uint32_t version_and_last_page[] = { 1, 3 };

	memcpy(page + 1024, version_and_last_page, sizeof(version_and_last_page));
	memcpy(page + 4086, "SWAPSPACE2", 10);
	if (pwrite(fd, page, sizeof(page), 0) != sizeof(page) || fsync(fd))
		printf("@FAIL write a swap header\n");
	if (swapon(name, 0) == 0 || errno != ENOSYS)
		expect("swap", -1, EBUSY);
	write_at(fd, 0, sizeof(page));
}

static void what_goes_on(void)
{
	int fd = announced("/mnt/held", 3600);

	expect("again", announce_in(fd, 2, 0), 0);
	grant(fd, 0, 7200);
	swap_to(fd, "/mnt/held");
	write_at(fd, 30000, 10000);
	fsync(fd);
	say("HELD", fd);
}

static void block_device(const char *device)
{
	struct record_list list = { 0 };
	unsigned char record[64] = { 2, 1 };
	int fd = open(device, O_RDONLY);

	expect("ask", ioctl(fd, BLKLIVEMR, &list), 0);
	list.records = (uintptr_t)record;
	list.count = 1;
	memset(record + 40, 0xff, 12);	/* start sector and sectors */
	expect("beyond the device", ioctl(fd, BLKLIVEMR, &list), ERANGE);
	list.count = 1025;
	expect("too many", ioctl(fd, BLKLIVEMR, &list), EINVAL);
	list.count = 1;
	record[0] = 99;
	expect("unknown operation", ioctl(fd, BLKLIVEMR, &list), EINVAL);
	list.count = 0;
	expect("loop device", ioctl(open("/dev/loop0", O_RDONLY), BLKLIVEMR, &list), EOPNOTSUPP);
}

void rules(const char *device)
{
	if (fork())
		return;
	block_device(device);
	grants_that_do_not_fit();
	ends_of_a_grant();
	end_of_time();
	what_goes_on();
	exit(0);
}
