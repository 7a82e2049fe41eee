// SPDX-License-Identifier: GPL-2.0
/*
 * Process 1: mounts /dev/sda and does one part, as the kernel's command line says.
 *
 *   part=first mount=OPTIONS seed=N operations=N seconds=N mapped=0|1     all but what comes after a crash, then ends without unmounting
 *   part=second mount=OPTIONS                                  looks, unmounts
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <unistd.h>

#include "smoke.h"

static uint64_t state = 1;

void check(bool ok, const char *what, const char *file, int line)
{
	if (ok)
		return;
	printf("@FAIL %s:%d: %s (errno=%d %s)\n", file, line, what, errno, strerror(errno));
	fflush(stdout);
	reboot(RB_POWER_OFF);
	_exit(1);
}

void seed_random(uint64_t seed)
{
	state = seed * 0x9e3779b97f4a7c15ull | 1;
}

static uint64_t next(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * 0x2545f4914f6cdd1dull;
}

uint32_t below(uint32_t bound)
{
	return (next() >> 33) % bound;
}

void fill(uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		bytes[i] = i % 8 ? bytes[i - 1] * 31 + 7 : next() >> 40;
}

/* The value of NAME=VALUE on the command line. */
static const char *order(const char *name, char *value)
{
	static char line[2048];
	FILE *file = fopen("/proc/cmdline", "r");
	char *word;

	CHECK(file && fgets(line, sizeof(line), file));
	fclose(file);
	for (word = strtok(line, " \n"); word; word = strtok(NULL, " \n"))
		if (!strncmp(word, name, strlen(name)) && word[strlen(name)] == '=')
			return strcpy(value, word + strlen(name) + 1);
	return strcpy(value, "");
}

static int number(const char *name)
{
	char value[256];

	return atoi(order(name, value));
}

static void say(const char *what)
{
	printf("@OK %s\n", what);
	fflush(stdout);
}

static void first(void)
{
	seed_random(number("seed"));
	fsx(number("operations"), number("mapped"));
	say("fsx");
	stress(number("seconds"));
	say("stress");
	full();
	say("full");
	before_crash();
	say("crash");
	reboot(RB_POWER_OFF);
}

static void second(void)
{
	after_crash();
	say("replayed");
	CHECK(!umount(FOLDER));
	say("unmounted");
	reboot(RB_POWER_OFF);
}

static void mount_disk(void)
{
	char options[256], part[64];

	order("mount", options);
	for (int tries = 0; tries < 100 && access("/dev/sda", F_OK); tries++)
		usleep(100 * 1000);
	CHECK(!mount("/dev/sda", FOLDER, "ext4", 0, options));
	if (!strcmp(order("part", part), "first"))
		first();
	else
		second();
}

int main(void)
{
	mkdir("/proc", 0755);
	mkdir("/dev", 0755);
	mkdir(FOLDER, 0755);
	CHECK(!mount("proc", "/proc", "proc", 0, NULL));
	mount("dev", "/dev", "devtmpfs", 0, NULL);
	mount_disk();
	return 1;
}
