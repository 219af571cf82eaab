/* The layout of a compiled dictionary: header, codes (uint16), weights (double), nodes,
 * filter and pairs of classes (uint64). */
#ifndef DEDUP_DICTIONARY_H
#define DEDUP_DICTIONARY_H

#include "kernel.h"

#define DICTIONARY_MAGIC "DEDUPDIC"
#define DICTIONARY_VERSION 2u
#define BYTE_ORDER_MARK 0x01020304u

typedef struct {
    char magic[8];
    uint32_t version, byte_order;
    uint64_t checksum; /* of everything after it */
    uint64_t weights, nodes;
    double unknown;
    uint32_t longest, class_bits; /* of the number of slots for pairs */
} dictionary_header;

#define CHECKED_FROM (offsetof(dictionary_header, checksum) + sizeof(uint64_t))
/* The table of codes, padded to eight bytes. */
#define CODES_BYTES ((CODED_CHARACTERS * sizeof(uint16_t) + 7) / 8 * 8)

uint64_t checksum(const uint8_t *memory, size_t size);
size_t dictionary_size(uint64_t weights, uint64_t nodes, uint32_t class_bits);
#define MOST_CLASS_BITS 24

#endif
