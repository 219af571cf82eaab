/* Whether any of some characters is in a text: dedup/text/garbled.py. */
#include <string.h>

#include "kernel.h"
#include "utf8.h"

enum { AT_ONCE = 4, THREE_BYTES = 3 };

static inline bool is_wanted(const uint8_t *wanted, uint32_t point) {
    return wanted[point >> 3] >> (point & 7) & 1;
}

/* Three bytes as the character that they may be. */
static inline uint32_t of_three(const uint8_t *p) {
    return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

/* Whether four characters of three bytes each, as Han mostly are, begin at `p`. */
static inline bool are_four_of_three(const uint8_t *p) {
    static const uint8_t MASK[] = {0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0,
                                   0xC0, 0xF0, 0xC0, 0xC0},
                         FORM[] = {0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80,
                                   0x80, 0xE0, 0x80, 0x80};
    uint64_t low, low_mask, low_form;
    uint32_t high, high_mask, high_form;
    memcpy(&low, p, sizeof low);
    memcpy(&low_mask, MASK, sizeof low);
    memcpy(&low_form, FORM, sizeof low);
    memcpy(&high, p + sizeof low, sizeof high);
    memcpy(&high_mask, MASK + sizeof low, sizeof high);
    memcpy(&high_form, FORM + sizeof low, sizeof high);
    return (low & low_mask) == low_form && (high & high_mask) == high_form;
}

bool has_character(const uint8_t *text, size_t size, const uint8_t *wanted, size_t most) {
    const uint8_t *p = text, *end = text + size;
    size_t left = most;
    while (left > 0 && p < end) {
        while (left >= AT_ONCE && end - p >= AT_ONCE * THREE_BYTES && are_four_of_three(p)) {
            uint32_t a = of_three(p), b = of_three(p + 3), c = of_three(p + 6), d = of_three(p + 9);
            if (a < 0x800 || b < 0x800 || c < 0x800 || d < 0x800)
                break; /* too long for what they say: no characters */
            if (is_wanted(wanted, a) | is_wanted(wanted, b) | is_wanted(wanted, c) |
                is_wanted(wanted, d))
                return true;
            p += AT_ONCE * THREE_BYTES;
            left -= AT_ONCE;
        }
        if (left == 0 || p == end)
            return false;
        uint32_t point;
        p = utf8_decode(p, end, &point);
        left--;
        if (point < WANTED_CHARACTERS && is_wanted(wanted, point))
            return true;
    }
    return false;
}
