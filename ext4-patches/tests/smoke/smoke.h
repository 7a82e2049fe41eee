/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SMOKE_H
#define SMOKE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define FOLDER "/mnt"

/* Prints errno and ends the program, unless it is so. */
#define CHECK(ok) check(ok, #ok, __FILE__, __LINE__)
void check(bool ok, const char *what, const char *file, int line);

/* The same numbers for the same seed, in every process its own. */
void seed_random(uint64_t seed);
uint32_t below(uint32_t bound);
void fill(uint8_t *bytes, size_t count);

/* Each as its test in xfstests, with what this takes from it. */
void fsx(int operations, bool mapped);	/* generic/075, 091, 127: one file beside a model */
void stress(int seconds);		/* generic/013: many names, four processes */
void full(void);			/* generic/015, 027: no space left, and all of it back */
void before_crash(void);		/* generic/039 to 041: what was synced ... */
void after_crash(void);			/* ... is there when the journal was replayed */

#endif
