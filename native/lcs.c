/* Longest common subsequences of short sequences: bit-parallel rows (Hyyrö 2004), which are kept
 * so that one path can be read back. */
#include <stdlib.h>
#include <string.h>

#include "align.h"

/* The places of each code of the rows among the columns, as bits. */
static size_t place_codes(uint32_t *slots, uint64_t *places, size_t words, const sequence *rows,
                          const sequence *columns) {
    uint32_t distinct = 0;
    for (uint32_t i = 0; i < rows->count; i++)
        if (slots[rows->codes[i]] == NO_SLOT)
            slots[rows->codes[i]] = distinct++;
    memset(places, 0, distinct * words * sizeof *places);
    for (uint32_t j = 0; j < columns->count; j++) {
        uint32_t slot = slots[columns->codes[j]];
        if (slot != NO_SLOT)
            places[slot * words + j / 64] |= (uint64_t)1 << j % 64;
    }
    return distinct;
}

/* Each row from the one before; a bit is 0 where its column lengthens the subsequence. */
static void fill_rows(uint64_t *rows, size_t words, const uint64_t *places, const uint32_t *slots,
                      const sequence *down) {
    for (uint32_t i = 0; i < down->count; i++) {
        const uint64_t *common = places + slots[down->codes[i]] * words;
        uint64_t *row = rows + i * words, carry = 0;
        for (size_t w = 0; w < words; w++) {
            uint64_t above = i > 0 ? row[(ptrdiff_t)w - (ptrdiff_t)words] : ~(uint64_t)0;
            uint64_t both = above & common[w];
            uint64_t sum = above + both, carried = sum < above;
            sum += carry;
            carry = carried | (sum < carry);
            row[w] = sum | (above & ~common[w]);
        }
    }
}

static bool bit(const uint64_t *rows, size_t words, uint32_t row, uint32_t column) {
    return rows[row * words + column / 64] >> column % 64 & 1;
}

/* Read one path back from the end; `turned`: rows are of the second sequence. */
static int read_back(matches *found, const uint64_t *rows, size_t words, uint32_t row,
                     uint32_t column, bool turned) {
    while (row > 0 && column > 0) {
        if (bit(rows, words, row - 1, column - 1)) {
            column--;
            continue;
        }
        row--;
        if (row > 0 && !bit(rows, words, row - 1, column - 1))
            continue;
        column--;
        match one = {turned ? column : row, turned ? row : column, 1};
        match *last = found->count > 0 ? &found->items[found->count - 1] : NULL;
        if (last != NULL && last->a == one.a + 1 && last->b == one.b + 1)
            *last = (match){one.a, one.b, last->size + 1};
        else if (push_match(found, one) < 0)
            return -1;
    }
    for (size_t i = 0; 2 * i + 1 < found->count; i++) {
        match *other = &found->items[found->count - 1 - i], kept = *other;
        *other = found->items[i];
        found->items[i] = kept;
    }
    return 0;
}

int longest_common(matches *found, const sequence *a, const sequence *b, uint32_t *slots) {
    bool turned = a->count > b->count;
    const sequence *down = turned ? b : a, *along = turned ? a : b;
    size_t words = ((size_t)along->count + 63) / 64, cells = down->count * words;
    found->count = 0;
    if (cells == 0)
        return 0;
    uint64_t *rows = malloc(2 * cells * sizeof *rows);
    if (rows == NULL)
        return -1;
    uint64_t *places = rows + cells;
    place_codes(slots, places, words, down, along);
    fill_rows(rows, words, places, slots, down);
    for (uint32_t i = 0; i < down->count; i++)
        slots[down->codes[i]] = NO_SLOT;
    int failed = read_back(found, rows, words, down->count, along->count, turned);
    free(rows);
    return failed;
}

/* The longer side of what stands between two matches. */
static uint32_t edit(match left, match right) {
    uint32_t a = right.a - left.a - left.size, b = right.b - left.b - left.size;
    return a > b ? a : b;
}

void drop_scraps(matches *found, uint32_t size_a, uint32_t size_b, uint32_t longest) {
    match *items = found->items;
    size_t stays = 0, count = found->count;
    for (size_t i = 0; i <= count; i++) {
        match one = i < count ? items[i] : (match){size_a, size_b, 0};
        while (stays > 0) {
            match scrap = items[stays - 1];
            match before = stays > 1 ? items[stays - 2] : (match){0, 0, 0};
            uint32_t left = edit(before, scrap), right = edit(scrap, one);
            if (scrap.size > longest || 2 * (uint64_t)scrap.size > (left < right ? left : right))
                break;
            stays--;
        }
        if (i < count)
            items[stays++] = one;
    }
    found->count = stays;
}
