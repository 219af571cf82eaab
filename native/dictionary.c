/* The compiled dictionary in memory: layout, and the checks that make a damaged one harmless. */
#include "dictionary.h"

#include <string.h>

bool in_block(uint32_t point) {
    if (point >= FIRST_HAN)
        return point <= LAST_HAN;
    return (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z') ||
           (point >= 'A' && point <= 'Z') ||
           (point > 0 && point < CODED_ASCII && strchr("+#&._%-", (int)point) != NULL);
}

size_t code_place(uint32_t point) {
    return point < CODED_ASCII ? point : point - FIRST_HAN + CODED_ASCII;
}

uint64_t checksum(const uint8_t *memory, size_t size) {
    uint64_t lanes[4] = {1, 2, 3, 4};
    size_t at = 0;
    for (; at + 32 <= size; at += 32)
        for (int i = 0; i < 4; i++) {
            uint64_t word;
            memcpy(&word, memory + at + 8 * i, 8);
            lanes[i] = (lanes[i] ^ word) * 0x9FB21C651E98DF25u;
            lanes[i] ^= lanes[i] >> 32;
        }
    uint64_t sum = size;
    for (; at < size; at++)
        sum = (sum ^ memory[at]) * 0x9FB21C651E98DF25u;
    for (int i = 0; i < 4; i++)
        sum = mix64(sum ^ lanes[i]);
    return sum;
}

size_t dictionary_size(uint64_t weights, uint64_t nodes, uint32_t class_bits) {
    return sizeof(dictionary_header) + CODES_BYTES + 8 * (size_t)weights + 8 * (size_t)nodes +
           8 * CLASS_FILTER_WORDS + ((size_t)16 << class_bits);
}

/* Every step of a walk lands in a slot, whatever the code: then no walk leaves the array. */
static bool within(const dictionary *dict, const dictionary_header *head) {
    uint32_t largest = 0;
    for (size_t i = 0; i < CODED_CHARACTERS; i++) {
        uint32_t point = (uint32_t)(i < CODED_ASCII ? i : i - CODED_ASCII + FIRST_HAN);
        if ((dict->codes[i] != 0) != in_block(point))
            return false;
        if (dict->codes[i] > largest)
            largest = dict->codes[i];
    }
    bool good = largest < NO_LABEL;
    for (size_t i = 0; i < head->nodes; i++) {
        uint64_t node = dict->nodes[i];
        good &= (uint64_t)NODE_BASE(node) + largest < head->nodes;
        good &= NODE_WEIGHT(node) < head->weights;
        good &= NODE_LABEL(node) != 0;
    }
    size_t empty = 0; /* then no search goes round for ever */
    for (size_t i = 0; i <= dict->class_mask; i++)
        empty += dict->class_pairs[2 * i] == 0;
    return good && empty > 0;
}

const char *dictionary_open(dictionary *dict, const uint8_t *memory, size_t size) {
    dictionary_header head;
    if (size < sizeof head)
        return "too short";
    memcpy(&head, memory, sizeof head);
    if (memcmp(head.magic, DICTIONARY_MAGIC, sizeof head.magic) != 0)
        return "not a compiled dictionary";
    if (head.version != DICTIONARY_VERSION || head.byte_order != BYTE_ORDER_MARK)
        return "of another version or byte order";
    if (head.weights > 1u << NODE_WEIGHT_BITS || head.nodes > 1u << NODE_BASE_BITS ||
        head.weights == 0 || head.longest >= NO_LABEL || head.class_bits > MOST_CLASS_BITS)
        return "damaged header";
    if (size != dictionary_size(head.weights, head.nodes, head.class_bits))
        return "truncated";
    if (checksum(memory + CHECKED_FROM, size - CHECKED_FROM) != head.checksum)
        return "checksum differs";
    const uint8_t *at = memory + sizeof head;
    dict->codes = (const uint16_t *)at;
    dict->weights = (const double *)(at + CODES_BYTES);
    dict->nodes = (const uint64_t *)(at + CODES_BYTES + 8 * (size_t)head.weights);
    dict->class_filter = dict->nodes + head.nodes;
    dict->class_pairs = dict->class_filter + CLASS_FILTER_WORDS;
    dict->class_mask = ((size_t)1 << head.class_bits) - 1;
    dict->unknown = head.unknown;
    dict->longest = head.longest;
    return within(dict, &head) ? NULL : "damaged";
}
