/* Sets of hashes as sorted arrays. */
#include "kernel.h"

#include <string.h>

/* Where one side is this many times the other, its values are searched for, not passed by. */
enum { MUCH_LARGER = 32 };

/* The first place in values[from:count] that holds at least `wanted`. */
static size_t gallop(const uint64_t *values, size_t from, size_t count, uint64_t wanted) {
    size_t step = 1, low = from;
    while (low + step < count && values[low + step] < wanted) {
        low += step;
        step *= 2;
    }
    size_t high = low + step < count ? low + step + 1 : count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (values[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t intersect_count(const uint64_t *a, size_t na, const uint64_t *b, size_t nb) {
    if (na > nb) {
        const uint64_t *values = a;
        size_t count = na;
        a = b, na = nb, b = values, nb = count;
    }
    size_t i = 0, j = 0, common = 0;
    if (nb / MUCH_LARGER > na) {
        for (; i < na && j < nb; i++) {
            j = gallop(b, j, nb, a[i]);
            common += j < nb && b[j] == a[i];
        }
        return common;
    }
    while (i < na && j < nb) {
        uint64_t x = a[i], y = b[j];
        common += x == y;
        i += x <= y;
        j += y <= x;
    }
    return common;
}

static void sort_few(uint64_t *values, size_t count) {
    for (size_t i = 1; i < count; i++) {
        uint64_t value = values[i];
        size_t at = i;
        for (; at > 0 && values[at - 1] > value; at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
}

/* Sort values that differ only in their `top` lowest bits: by the leading ones of these into
 * buckets of about eight, since hashes spread evenly, and then each bucket, which for values that
 * are no hashes goes at most six deep. */
static void sort(uint64_t *values, size_t count, uint64_t *scratch, int top) {
    enum { FEW = 32, MOST_BITS = 11 };
    size_t starts[(1 << MOST_BITS) + 1];
    int bits = 1;
    if (top == 0) /* they do not differ */
        return;
    while (bits < MOST_BITS && bits < top && count >> bits > 8)
        bits++;
    const int shift = top - bits;
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    memset(starts, 0, ((size_t)mask + 2) * sizeof *starts);
    for (size_t i = 0; i < count; i++)
        starts[(values[i] >> shift & mask) + 1]++;
    for (size_t b = 0; b <= mask; b++)
        starts[b + 1] += starts[b];
    for (size_t i = 0; i < count; i++)
        scratch[starts[values[i] >> shift & mask]++] = values[i];
    memcpy(values, scratch, count * sizeof *values);
    for (size_t b = 0, start = 0; b <= mask; start = starts[b++])
        if (starts[b] - start <= FEW)
            sort_few(values + start, starts[b] - start);
        else
            sort(values + start, starts[b] - start, scratch, shift);
}

size_t sort_unique(uint64_t *values, size_t count, uint64_t *scratch) {
    size_t left = 0;
    sort(values, count, scratch, 64);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || values[i] != values[left - 1])
            values[left++] = values[i];
    return left;
}
