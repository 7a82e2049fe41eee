// SPDX-License-Identifier: GPL-2.0
/* Process 1: mounts, runs every test in a child, prints TAP, looks at the kernel's log, powers off. */
#include "lab.h"

#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/wait.h>

static uint64_t seed = 1, state;

void check(bool ok, const char *what, const char *file, int line)
{
	if (ok)
		return;
	printf("# %s:%d: %s (errno=%d %s)\n", file, line, what, errno, strerror(errno));
	fflush(stdout);
	_exit(1);
}

void refused(bool failed, int got, int want, const char *what, const char *file, int line)
{
	if (failed && got == want)
		return;
	printf("# %s:%d: %s: want errno=%d %s, got %s errno=%d %s\n", file, line, what, want, strerror(want),
	       failed ? "failure" : "success", got, strerror(got));
	fflush(stdout);
	_exit(1);
}

int fsmapcreate(int file, int destination, const struct segment *segments, unsigned count, unsigned flags)
{
	return syscall(NR_fsmapcreate, file, destination, segments, count, flags);
}

int fsmapdelete(int file)
{
	return syscall(NR_fsmapdelete, file);
}

static uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
	return x ^ (x >> 31);
}

uint64_t lab_random(void)
{
	return mix(state += 0x9e3779b97f4a7c15ull);
}

uint8_t pattern(int tag, uint64_t offset)
{
	uint8_t byte = mix((uint64_t)tag << 56 | offset >> 3) >> (offset & 7) * 8;

	return byte ? byte : 0xff;	/* never a zero: a hole's bytes can be told */
}

void paint(int fd, int tag, uint64_t bytes)
{
	uint8_t *all = malloc(bytes);

	for (uint64_t i = 0; i < bytes; i++)
		all[i] = pattern(tag, i);
	for (uint64_t done = 0; done < bytes; ) {
		ssize_t count = pwrite(fd, all + done, bytes - done, done);

		CHECK(count > 0);
		done += count;
	}
	free(all);
}

bool is_pattern(const uint8_t *bytes, int tag, uint64_t offset, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes[i] != pattern(tag, offset + i))
			return false;
	return true;
}

int make_image(const char *path, int tag)
{
	int fd = open(path, O_RDWR | O_CREAT, 0600), reader;

	CHECK(fd >= 0);
	paint(fd, tag, IMAGE_BYTES);
	close(fd);
	reader = open(path, O_RDONLY);
	CHECK(reader >= 0);
	return reader;
}

int make_empty(const char *path)
{
	int fd;

	unlink(path);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0644);
	CHECK(fd >= 0);
	return fd;
}

/* Random segments of any alignment, no two of them adjacent */
void compose(struct composed *file, int destination, int tag, unsigned count, unsigned flags)
{
	file->fd = make_empty(FILE_PATH);
	file->image = destination;
	file->count = count;
	file->size = 0;
	file->want = malloc(IMAGE_BYTES);
	for (unsigned i = 0; i < count; i++) {
		struct segment *segment = &file->segments[count - 1 - i];
		uint64_t slot = IMAGE_BYTES / count;

		segment->offset = i * slot + lab_random() % (slot / 2);
		segment->length = 1 + lab_random() % (slot / 2 - 2);
	}
	for (unsigned i = 0; i < count; i++)
		for (uint64_t at = 0; at < file->segments[i].length; at++)
			file->want[file->size++] = pattern(tag, file->segments[i].offset + at);
	CHECK(fsmapcreate(file->fd, destination, file->segments, count, flags) == 0);
}

void discard(struct composed *file)
{
	close(file->fd);
	unlink(FILE_PATH);
	free(file->want);
}

bool holds_all(int fd, const struct composed *file)
{
	uint8_t *got = malloc(file->size + 1);
	size_t done = 0;
	ssize_t count;
	bool same;

	while ((count = pread(fd, got + done, file->size + 1 - done, done)) > 0)
		done += count;
	same = count == 0 && done == file->size && !memcmp(got, file->want, done);
	free(got);
	return same;
}

void remount(const char *device, const char *path)
{
	CHECK(umount(path) == 0);
	CHECK(mount(device, path, "ext4", 0, "") == 0);
}

int as_nobody(int (*what)(void))
{
	int status;
	pid_t child = fork();

	if (!child) {
		CHECK(setgid(65534) == 0 && setuid(65534) == 0);
		_exit(what());
	}
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
	return WEXITSTATUS(status);
}

static bool passes(const struct test *test)
{
	int status;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (!child) {
		alarm(120);
		test->run();
		_exit(0);
	}
	waitpid(child, &status, 0);
	if (WIFSIGNALED(status))
		printf("# ended by signal %d\n", WTERMSIG(status));
	return WIFEXITED(status) && !WEXITSTATUS(status);
}

static unsigned run(const struct test *test, unsigned *number)
{
	unsigned failed = 0;

	for (; test->name; test++) {
		bool ok = passes(test);

		printf("%sok %u - %s\n", ok ? "" : "not ", ++*number, test->name);
		failed += !ok;
	}
	return failed;
}

/* Lockdep turns itself off after its first complaint. */
static bool lockdep_is_on(void)
{
	FILE *stats = fopen("/proc/lockdep_stats", "r");
	char line[200];
	int on = 0;

	if (!stats) {
		printf("# this kernel has no lockdep\n");
		return true;
	}
	while (fgets(line, sizeof(line), stats) && sscanf(line, " debug_locks: %d", &on) != 1)
		;
	fclose(stats);
	return on;
}

/* Lockdep, hung tasks, warnings: whatever the kernel complains of */
static bool kernel_is_content(void)
{
	static const char *const complaints[] = {
		"WARNING:", "BUG:", "INFO: task", "circular locking", "inconsistent lock", "EXT4-fs error", "Oops",
	};
	static char log[1 << 20];
	bool content = true;
	int size = klogctl(3 /* read all */, log, sizeof(log) - 1);

	for (size_t i = 0; size > 0 && i < sizeof(complaints) / sizeof(*complaints); i++) {
		if (strstr(log, complaints[i])) {
			printf("# the kernel's log has: %s\n", complaints[i]);
			content = false;
		}
	}
	return content && size > 0 && lockdep_is_on();
}

static void prepare(void)
{
	char line[4096] = "";
	const char *given;
	int fd;

	mkdir("/proc", 0755);
	mkdir("/dev", 0755);
	mkdir("/store", 0755);
	mkdir("/other", 0755);
	mkdir("/tmp", 0755);
	CHECK(mount("proc", "/proc", "proc", 0, "") == 0);
	mount("devtmpfs", "/dev", "devtmpfs", 0, "");
	CHECK(mount("tmpfs", "/tmp", "tmpfs", 0, "") == 0);
	CHECK(mount("/dev/vda", "/store", "ext4", 0, "") == 0);
	CHECK(mount("/dev/vdc", "/other", "ext4", 0, "") == 0);
	fd = open("/proc/cmdline", O_RDONLY);
	CHECK(fd >= 0 && read(fd, line, sizeof(line) - 1) > 0);
	close(fd);
	given = strstr(line, "fsmap.seed=");
	if (given)
		seed = strtoull(given + strlen("fsmap.seed="), NULL, 0);
	state = seed;
	printf("\n# seed %llu; replay: SEED=%llu\n", (unsigned long long)seed, (unsigned long long)seed);
}

int main(void)
{
	const struct test *const groups[] = {
		read_tests, refuse_tests, table_tests, life_tests, withdraw_tests,
	};
	unsigned number = 0, failed = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	prepare();
	close(make_image(IMAGE_PATH, IMAGE));
	close(make_image(OTHER_PATH, OTHER));
	close(make_image(DEVICE_PATH, DEVICE));
	sync();
	for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++)
		failed += run(groups[i], &number);

	CHECK(umount("/other") == 0);
	CHECK(umount("/store") == 0);
	bool content = kernel_is_content();
	printf("%sok %u - the kernel should have nothing to complain of\n", content ? "" : "not ", ++number);
	failed += !content;
	printf("1..%u\n# failed %u\n", number, failed);
	fflush(stdout);
	sync();
	reboot(RB_POWER_OFF);
	return 0;
}
