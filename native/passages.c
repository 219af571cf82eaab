/* Passage fingerprints: dedup/sketch/passages.py. */
#include "kernel.h"

size_t passage_count(size_t count, size_t run, size_t window) {
    return window > 0 && count >= run && count - run >= window - 1 ? count - run - window + 2 : 0;
}

/* The last place of the least of hashes[start:end]. */
static size_t least_of(const uint64_t *hashes, size_t start, size_t end) {
    size_t place = start;
    uint64_t least = hashes[start];
    for (size_t i = start + 1; i < end; i++) {
        uint64_t hash = hashes[i];
        place = hash <= least ? i : place;
        least = hash <= least ? hash : least;
    }
    return place;
}

/* The least of a window stays that of the next one until it leaves, or something less comes; so of
 * w hashes about w are looked at a second time. */
size_t passages(const uint64_t *tokens, size_t count, size_t run, size_t window, uint64_t *hashes,
                uint32_t *out) {
    if (passage_count(count, run, window) == 0)
        return 0;
    shingle_hashes(tokens, count, run, hashes);
    const size_t runs = count - run + 1;
    size_t place = least_of(hashes, 0, window), found = 0, i = window;
    for (uint64_t last = ~hashes[place];;) {
        const uint64_t least = hashes[place];
        if (least != last)
            out[found++] = (uint32_t)least;
        last = least;
        const size_t leaves = place + window < runs ? place + window : runs;
        while (i < leaves && hashes[i] > least)
            i++;
        if (i == runs)
            return found;
        place = i < leaves ? i : least_of(hashes, i + 1 - window, i + 1);
        i++;
    }
}
