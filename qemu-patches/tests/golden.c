/*
 * Checks the decoder against the vectors that the Java side is checked against, too.
 *
 *   golden map-records.txt map-records-rejected.txt
 */
#include "check.h"

#define DISK_SECTORS (UINT64_C(4294967296) * 2)

/* Reads the hex digits a line begins with; false for a comment or an empty line. */
static bool read_record(const char *line, uint8_t record[LIVEMR_RECORD_BYTES])
{
    unsigned byte;

    for (int i = 0; i < LIVEMR_RECORD_BYTES; i++) {
        if (sscanf(line + 2 * i, "%2x", &byte) != 1) {
            return false;
        }
        record[i] = byte;
    }
    return true;
}

static void spell_uuid(const uint8_t *u, char *text)
{
    for (int i = 0; i < LIVEMR_UUID_BYTES; i++) {
        text += sprintf(text, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", u[i]);
    }
}

/* "DATA 12 34 1 UUID 0 2048 8 2 0": the fields as the vectors spell them. */
static void spell(const LivemrRecord *r, char *text)
{
    static const char *const names[] = { "?", "BEGIN", "DATA", "ZEROS", "COMMIT", "REVOKE", "EXTEND", "VOID" };
    char uuid[40];

    spell_uuid(r->uuid, uuid);
    sprintf(text, "%s %" PRIu32 " %" PRIu32 " %" PRIu32 " %s %" PRIu64 " %" PRIu64 " %" PRIu32 " %" PRIu32 " %" PRIu64,
            names[r->op], r->inode, r->generation, r->epoch, uuid, r->file_offset_bytes, r->start_sector, r->sectors,
            r->sequence, r->length_bytes);
}

static void check_good(const char *line, const uint8_t *bytes)
{
    const char *wanted = line + 2 * LIVEMR_RECORD_BYTES + 1;
    LivemrRecord record;
    char text[300];
    LivemrReason reason = livemr_record_decode(bytes, DISK_SECTORS, &record);

    CHECK(reason == LIVEMR_TAKEN, "%s: %s", livemr_reason_name(reason), line);
    spell(&record, text);
    CHECK(!strcmp(text, wanted), "'%s' for '%s'", text, wanted);
}

static void check_rejected(const char *line, const uint8_t *bytes)
{
    uint64_t disk_sectors;
    char wanted[40];
    LivemrRecord record;
    LivemrReason reason;

    CHECK(sscanf(line + 2 * LIVEMR_RECORD_BYTES, "%" SCNu64 " %39s", &disk_sectors, wanted) == 2, "%s", line);
    reason = livemr_record_decode(bytes, disk_sectors, &record);
    CHECK(!strcmp(livemr_reason_name(reason), wanted), "'%s' for %s", livemr_reason_name(reason), line);
}

static int check_file(const char *path, void check(const char *line, const uint8_t *bytes))
{
    uint8_t record[LIVEMR_RECORD_BYTES];
    char line[1000];
    int count = 0;
    FILE *file = fopen(path, "r");

    CHECK(file, "%s", path);
    while (fgets(line, sizeof(line), file)) {
        line[strcspn(line, "\n")] = 0;
        if (line[0] != '#' && read_record(line, record)) {
            check(line, record);
            count++;
        }
    }
    fclose(file);
    CHECK(count > 0, "no vectors in %s", path);
    return count;
}

int main(int argc, char **argv)
{
    CHECK(argc == 3, "golden map-records.txt map-records-rejected.txt");
    int good = check_file(argv[1], check_good);
    int rejected = check_file(argv[2], check_rejected);

    printf("golden: %d records decode to their fields, %d are rejected for their reason\n", good, rejected);
    return 0;
}
