/* Whether any of some characters is in a text: dedup/text/garbled.py. */
#include "kernel.h"
#include "utf8.h"

bool has_character(const uint8_t *text, size_t size, const uint8_t *wanted, size_t most) {
    const uint8_t *p = text, *end = text + size;
    for (size_t i = 0; i < most && p < end; i++) {
        uint32_t point;
        p = utf8_decode(p, end, &point);
        if (point < WANTED_CHARACTERS && wanted[point >> 3] >> (point & 7) & 1)
            return true;
    }
    return false;
}
