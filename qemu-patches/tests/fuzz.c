/*
 * Feeds forged commands and records to the decoder, and checks each answer against rules written down a second time, in
 * 128-bit sums that cannot wrap.
 *
 *   fuzz SEED INPUTS      seeded; the same seed gives the same inputs
 *
 * With clang -fsanitize=fuzzer -DLIBFUZZER it is a libFuzzer target. Built with -fsanitize=address,undefined: a record is
 * copied to a block of exactly its size, so that a read past it is seen.
 */
#include "check.h"

typedef unsigned __int128 Wide;

static Wide number(const uint8_t *bytes, int at, int count)
{
    Wide value = 0;

    for (int i = 0; i < count; i++) {
        value = value << 8 | bytes[at + i];
    }
    return value;
}

/* Is the record good? Straight from the table in docs/protocol.md, section 2; an oracle that knows no reasons. */
static bool is_good(const uint8_t *b, uint64_t disk_sectors)
{
    const Wide past_long = (Wide)1 << 63;
    int op = b[0];
    bool extent = op == 2 || op == 3;
    bool length = op == 2 || op == 4 || op == 6;
    Wide offset = number(b, 32, 8), start = number(b, 40, 8), sectors = number(b, 48, 4);

    return op >= 1 && op <= 7 && b[1] == 1 && number(b, 2, 2) == 0 &&
           (op != 7 || number(b, 4, 12) == 0) &&
           (extent || (offset == 0 && sectors == 0)) &&
           (op == 2 || start == 0) &&
           (length || number(b, 56, 8) == 0) &&
           (!extent || (sectors > 0 && offset % 512 == 0 && offset + sectors * 512 < past_long)) &&
           (op != 2 || (start + sectors <= disk_sectors && (start + sectors) * 512 < past_long)) &&
           number(b, 56, 8) < past_long;
}

static void check_record(const uint8_t *bytes, uint64_t disk_sectors)
{
    uint8_t *copy = malloc(LIVEMR_RECORD_BYTES);
    LivemrRecord record;
    LivemrReason reason;

    memcpy(copy, bytes, LIVEMR_RECORD_BYTES);
    reason = livemr_record_decode(copy, disk_sectors, &record);
    CHECK((reason == LIVEMR_TAKEN) == is_good(bytes, disk_sectors), "%s", livemr_reason_name(reason));
    CHECK(!memcmp(copy, bytes, LIVEMR_RECORD_BYTES), "the decoder wrote to its input");
    if (reason == LIVEMR_TAKEN && record.op == LIVEMR_OP_DATA) {
        CHECK((Wide)record.start_sector + record.sectors <= disk_sectors, "past the disk");
    }
    free(copy);
}

static void check_command(const uint8_t *cdb, size_t count)
{
    uint8_t *copy = malloc(count ? count : 1);
    uint32_t list_bytes = 0;
    LivemrCommandError error;

    memcpy(copy, cdb, count);
    error = livemr_command_parse(copy, count, &list_bytes);
    CHECK((error == LIVEMR_COMMAND_TOO_SHORT) == (count < 10), "%zu bytes", count);
    if (error == LIVEMR_COMMAND_OK) {
        CHECK(cdb[1] == 1 && list_bytes <= 65536 && list_bytes % 64 == 0 && list_bytes == number(cdb, 6, 3), "%u", list_bytes);
    }
    free(copy);
}

#ifdef LIBFUZZER
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_command(data, size < 32 ? size : 32);
    if (size >= 8 + LIVEMR_RECORD_BYTES) {
        check_record(data + 8, (uint64_t)number(data, 0, 8));
    }
    return 0;
}
#else
static uint64_t state;

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void put(uint8_t *bytes, int at, int count, uint64_t value)
{
    while (count--) {
        bytes[at + count] = value;
        value >>= 8;
    }
}

/* Numbers near what a check compares with: 0, the disk's end, 2^31, 2^32, 2^63, 2^64. */
static uint64_t edge(uint64_t disk_sectors)
{
    static const uint64_t bases[] = { 0, 512, UINT64_C(1) << 31, UINT64_C(1) << 32, UINT64_C(1) << 63 };
    uint64_t base = next() % 4 ? bases[next() % 5] : disk_sectors;

    return base + next() % 5 - 2;
}

static uint64_t some_number(uint64_t disk_sectors)
{
    switch (next() % 4) {
    case 0: return 0;
    case 1: return edge(disk_sectors);
    case 2: return edge(disk_sectors) * 512;
    default: return next() >> next() % 64;
    }
}

/* Mostly right, so that the late checks are reached, too. */
static void forge(uint8_t *record, uint64_t disk_sectors)
{
    for (int at = 0; at < LIVEMR_RECORD_BYTES; at += 8) {
        put(record, at, 8, some_number(disk_sectors));
    }
    record[0] = next() % 9;
    put(record, 1, 3, next() % 8 ? 0x010000 : next());
    if (next() % 4) {
        put(record, 4, 12, 0);
    }
    if (next() % 2) {
        put(record, 32, 8, next() % 4096 * 512);
        put(record, 48, 4, next() % 64);
    }
    if (next() % 2) {
        put(record, 40, 8, record[0] == 2 ? next() % (disk_sectors | 1) : 0);
        put(record, 56, 8, 0);
    }
}

int main(int argc, char **argv)
{
    uint8_t record[LIVEMR_RECORD_BYTES], cdb[32];
    uint64_t seed = argc == 3 ? strtoull(argv[1], NULL, 10) : 0;
    long inputs = argc == 3 ? strtol(argv[2], NULL, 10) : 0, taken = 0;

    CHECK(inputs > 0, "fuzz SEED INPUTS");
    state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    printf("fuzz: seed %" PRIu64 ", replay: SEED=%" PRIu64 "\n", seed, seed);
    fflush(stdout);
    for (long i = 0; i < inputs; i++) {
        uint64_t disk_sectors = some_number(1 << 20);

        forge(record, disk_sectors);
        check_record(record, disk_sectors);
        taken += is_good(record, disk_sectors);
        for (int at = 0; at < 32; at += 8) {
            put(cdb, at, 8, some_number(0));
        }
        put(cdb, 0, 2, next() % 4 ? 0xc501 : next());
        check_command(cdb, next() % 33);
    }
    CHECK(taken > inputs / 50 && taken < inputs, "only %ld of %ld were good: the forger is no use", taken, inputs);
    printf("fuzz: %ld records and %ld commands, %ld records good, every answer as it should be\n", inputs, inputs, taken);
    return 0;
}
#endif
