/* Stands in for QEMU's own header: the decoder of records needs nothing of QEMU but these. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
