/* Runs between kept characters: which marks of them stay (marks.py), and circles that are zeros. */
#include "fold.h"

enum { LONGEST_GROUP = 3, ZERO = 0x3007 };

/* What stands beside a group of marks: DIGIT, LETTER or 0; and the same if it touches it. */
typedef struct {
    uint32_t name, near;
} side;

static side side_of(uint32_t entry, bool direct) {
    uint32_t name = CLASS(entry);
    if (name != DIGIT && name != LETTER)
        name = 0;
    return (side){name, direct ? name : 0};
}

static bool operator_stays(side left, side right) {
    return left.near || right.near || (left.name && right.name);
}

static bool joint_stays(side left, side right) {
    if (!left.name || !right.name)
        return false;
    return (left.near && right.near) || left.name == DIGIT || right.name == DIGIT;
}

static bool mark_stays(const uint32_t *group, size_t at, size_t count, side left, side right) {
    switch (CLASS(group[at])) {
    case OPERATOR:
        return operator_stays(left, right);
    case BANG:
        return at + 1 < count && CHARACTER(group[at + 1]) == '=' && operator_stays(left, right);
    case HYPHEN:
        return left.near || right.near || joint_stays(left, right);
    case PERCENT:
        return left.name == DIGIT;
    case HASH:
        return left.near == LETTER;
    case CURRENCY:
        return left.name == DIGIT || right.name == DIGIT;
    case JOINT:
        return count == 1 && joint_stays(left, right);
    default: /* POINT, DASH */
        return count == 1 && left.near == DIGIT && right.near == DIGIT;
    }
}

/* Append what stays of one group, with a space if something of the run stayed before. */
static void group_stays(kept_text *out, const uint32_t *group, size_t count, side sides[2],
                        bool *any) {
    bool first = true;
    if (count > LONGEST_GROUP)
        return;
    for (size_t at = 0; at < count; at++) {
        if (!mark_stays(group, at, count, sides[0], sides[1]))
            continue;
        if (first && *any)
            append(out, ' ');
        first = false;
        append(out, CLASS(group[at]) == DASH ? '-' : CHARACTER(group[at]));
    }
    *any |= !first;
}

/* A stretch holds spaces and groups of marks; only its first and last group have neighbours. */
static void stretch_stays(kept_text *out, const uint32_t *stretch, size_t count,
                          const uint32_t around[2], bool *any) {
    size_t first = 0, last = count;
    while (first < count && CLASS(stretch[first]) == SPACE)
        first++;
    if (first == count)
        return;
    while (CLASS(stretch[last - 1]) == SPACE)
        last--;
    size_t first_end = first, last_start = last;
    while (first_end < last && CLASS(stretch[first_end]) != SPACE)
        first_end++;
    while (last_start > first && CLASS(stretch[last_start - 1]) != SPACE)
        last_start--;
    side left = side_of(around[0], first == 0);
    side right = side_of(around[1], last == count);
    side none = {0, 0};
    if (first_end == last) {
        group_stays(out, stretch + first, last - first, (side[]){left, right}, any);
        return;
    }
    group_stays(out, stretch + first, first_end - first, (side[]){left, none}, any);
    group_stays(out, stretch + last_start, last - last_start, (side[]){none, right}, any);
}

static bool splits(uint32_t entry) {
    uint32_t name = CLASS(entry);
    return name == SEPARATOR || name == NEWLINE || name == CIRCLE;
}

static bool marks_stay(kept_text *out, const uint32_t *run, size_t count, const uint32_t around[2]) {
    bool any = false;
    size_t first_end = 0, last_start = count;
    while (first_end < count && !splits(run[first_end]))
        first_end++;
    if (first_end == count) {
        stretch_stays(out, run, count, around, &any);
        return any;
    }
    while (!splits(run[last_start - 1]))
        last_start--;
    stretch_stays(out, run, first_end, (uint32_t[]){around[0], 0}, &any);
    stretch_stays(out, run + last_start, count - last_start, (uint32_t[]){0, around[1]}, &any);
    return any;
}

static bool one_of(uint32_t entry, const uint16_t *points, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (CHARACTER(entry) == points[i])
            return true;
    return false;
}

/* Circles inside a Han number are zeros: 二○二四年. */
static bool zeros_stay(kept_text *out, const uint32_t *run, size_t count, const uint32_t around[2]) {
    static const uint16_t after[] = {ZERO,   0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                     0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E,
                                     0x5343, /* the digits; then 年月日号期页 */
                                     0x5E74, 0x6708, 0x65E5, 0x53F7, 0x671F, 0x9875};
    enum { DIGITS = 13 };
    size_t zeros = 0;
    if (!one_of(around[0], after, DIGITS) || !one_of(around[1], after, sizeof after / 2))
        return false;
    for (size_t i = 0; i < count; i++) {
        uint32_t name = CLASS(run[i]);
        if (name != CIRCLE && name != SPACE && name != NEWLINE)
            return false;
        zeros += name == CIRCLE;
    }
    for (size_t i = 0; i < zeros; i++)
        append(out, ZERO);
    return zeros > 0;
}

bool run_stays(kept_text *out, const uint32_t *run, size_t count, const uint32_t around[2]) {
    return zeros_stay(out, run, count, around) || marks_stay(out, run, count, around);
}
