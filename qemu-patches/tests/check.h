/* What the tests of the decoder share. A check that fails ends the test and says where. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "qemu/osdep.h"
#include "hw/scsi/livemr-record.h"

#define CHECK(condition, ...)                                               \
    do {                                                                    \
        if (!(condition)) {                                                 \
            fprintf(stderr, "%s:%d: not so: %s: ", __FILE__, __LINE__, #condition); \
            fprintf(stderr, __VA_ARGS__);                                   \
            fputc('\n', stderr);                                            \
            exit(1);                                                        \
        }                                                                   \
    } while (0)
