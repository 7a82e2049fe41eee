/* SPDX-License-Identifier: GPL-2.0 */
#ifndef GUEST_H
#define GUEST_H

#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/types.h>

struct announce { uint32_t epoch, flags; };
#define ANNOUNCE	_IOW('f', 50, struct announce)
#define WITHDRAW	_IO('f', 51)

struct record_list { uint64_t records; uint32_t count, flags; };
#define BLKLIVEMR	_IOW(0x12, 180, struct record_list)

/* Sets trusted.livemr: as if for another inode, and for how long. */
void grant(int fd, int inode_skew, int seconds);
void write_at(int fd, off_t offset, size_t size);

/* Who may be announced, and what ends it. */
void rules(const char *device);

#endif
