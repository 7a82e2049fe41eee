/*
 * A guest's root who sends his disk what he likes: map records, right or with bytes changed, in commands that are right or not.
 *
 *   forge DEVICE RECORDS SEED COMMANDS
 *
 * RECORDS is a file of right records, 64 bytes each. One record a command, so that answers can be compared with QEMU's counters.
 * Prints ANSWER=COUNT for each answer, a line each: good, or sense key, ASC and ASCQ in hex. Exit: 0 all were answered, 1 not, 2 wrong use.
 */
#include <fcntl.h>
#include <scsi/sg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#define RECORD_BYTES 64
#define COMMAND_BYTES 10
#define SENSE_BYTES 32
#define RECORDS_MAX 4096
#define TIMEOUT_MILLIS 30000
#define KEYS 16

static unsigned char records[RECORDS_MAX][RECORD_BYTES];
static unsigned long answers[KEYS][256][256], good;
static uint64_t state;

/* xorshift64*, as Vigna has it. */
static uint32_t below(uint32_t bound)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)((state * 0x2545F4914F6CDD1DULL) >> 33) % bound;
}

static void change(unsigned char *bytes, uint32_t count)
{
	bytes[below(count)] = (unsigned char)below(256);
}

static int send(int disk, unsigned char *command, unsigned char *record)
{
	unsigned char sense[SENSE_BYTES] = { 0 };
	struct sg_io_hdr io = {
		.interface_id = 'S', .dxfer_direction = SG_DXFER_TO_DEV, .timeout = TIMEOUT_MILLIS,
		.cmdp = command, .cmd_len = COMMAND_BYTES, .dxferp = record, .dxfer_len = RECORD_BYTES,
		.sbp = sense, .mx_sb_len = SENSE_BYTES,
	};

	if (ioctl(disk, SG_IO, &io) < 0) {
		perror("SG_IO");
		return -1;
	}
	if (!io.status && !io.host_status)
		good++;
	else
		answers[sense[2] & (KEYS - 1)][sense[12]][sense[13]]++;
	return 0;
}

/* The operation stays: others may format disks. */
static int forge(int disk, uint32_t known)
{
	unsigned char command[COMMAND_BYTES] = { 0xC5, 1, 0, 0, 0, 0, 0, 0, RECORD_BYTES };
	unsigned char record[RECORD_BYTES];
	uint32_t changes = below(4);

	memcpy(record, records[below(known)], RECORD_BYTES);
	while (changes--)
		change(record, RECORD_BYTES);
	if (!below(8))
		change(command + 1, COMMAND_BYTES - 1);
	return send(disk, command, record);
}

static void print_answers(void)
{
	int key, asc, ascq;

	printf("good=%lu\n", good);
	for (key = 0; key < KEYS; key++)
		for (asc = 0; asc < 256; asc++)
			for (ascq = 0; ascq < 256; ascq++)
				if (answers[key][asc][ascq])
					printf("%x/%02x/%02x=%lu\n", key, asc, ascq, answers[key][asc][ascq]);
}

int main(int argc, char **argv)
{
	int disk = argc == 5 ? open(argv[1], O_RDONLY | O_NONBLOCK) : -1;
	FILE *file = argc == 5 ? fopen(argv[2], "r") : NULL;
	size_t known = file ? fread(records, RECORD_BYTES, RECORDS_MAX, file) : 0;
	unsigned long left;

	if (disk < 0 || !known) {
		fprintf(stderr, "usage: forge DEVICE RECORDS SEED COMMANDS\n");
		return 2;
	}
	state = strtoull(argv[3], NULL, 10) | 1;
	for (left = strtoul(argv[4], NULL, 10); left; left--)
		if (forge(disk, (uint32_t)known))
			return 1;
	print_answers();
	return 0;
}
