/* What the rules of dedup/text/metadata could read in a line, by the words in it: which words and
 * characters matter comes as tables from glance.py. */
#include "glance.h"
#include "utf8.h"

#include <string.h>

/* Of spans.py: where a dateline's words stand, and those of credits; what is looked at of the end
 * of a line, and how much a bracket there holds. */
enum { REACH = 90, CREDIT_REACH = 60, TRAIL_REACH = 160, BRACKET_LENGTH = 90 };
enum { LONG_LINE = 90, DATE_REACH = 40, DASHED_LENGTH = 16 };
/* No label is longer with four spaces between its characters. */
enum { ITEM_REACH = 40 };

/* The part of a line inside its decoration. */
static void without_decoration(const glance_rules *rules, const glance_line *l, size_t *start,
                               size_t *end) {
    *start = 0;
    *end = l->count;
    while (*start < *end && has_trait(rules, l->norm[*start], GLANCE_DECORATION))
        ++*start;
    while (*end > *start && has_trait(rules, l->norm[*end - 1], GLANCE_DECORATION))
        --*end;
}

/* may_be_part of rules.py */
static bool worth_reading(const glance_rules *rules, const glance_line *l) {
    bool sentence = has_trait(rules, l->raw[l->count - 1], GLANCE_SENTENCE_END);
    size_t fields = 0;
    if (!sentence && l->count <= LONG_LINE)
        return true;
    for (size_t i = 0; i < l->count; i++) {
        if (has_trait(rules, l->raw[i], GLANCE_NOTICE))
            return true;
        fields += l->norm[i] == ':' || l->norm[i] == '|';
    }
    return l->count > LONG_LINE && fields > 2;
}

/* Where `close` follows within `most` characters that are neither it nor `open`; 0 for nowhere. */
static size_t upto(const glance_line *l, size_t i, uint32_t open, uint32_t close, size_t most) {
    for (size_t end = i + most; i <= end && i < l->count; i++)
        if (l->norm[i] == close)
            return i;
        else if (l->norm[i] == open)
            return 0;
    return 0;
}

/* Leave of every Markdown link what is read of it, as Bare.of does. */
static void unlink_line(glance_line *l) {
    size_t left = 0;
    for (size_t i = 0; i < l->count;) {
        size_t next = i + 1, first = i, end = i + 1;
        size_t inside = l->norm[i] == '[' ? upto(l, i + 1, '[', ']', 80) : 0;
        if (inside > 0 && inside + 1 < l->count) {
            uint32_t open = l->norm[inside + 1];
            size_t target = open == '('   ? upto(l, inside + 2, '(', ')', 200)
                            : open == '[' ? upto(l, inside + 2, '[', ']', 20)
                                          : 0;
            if (target > 0)
                first = i + 1, end = inside, next = target + 1;
        }
        for (size_t k = first; k < end; k++, left++) {
            l->raw[left] = l->raw[k];
            l->norm[left] = l->norm[k];
        }
        i = next;
    }
    l->count = left;
}

static bool has_links(const glance_line *l) {
    for (size_t i = 0; i + 1 < l->count; i++)
        if (l->norm[i] == ']' && (l->norm[i + 1] == '(' || l->norm[i + 1] == '['))
            return true;
    return false;
}

/* The characters of a line without its spaces. */
typedef struct {
    uint16_t classes[GLANCE_LONGEST], places[GLANCE_LONGEST];
    size_t count;
} letters;

static void read_letters(const glance_rules *rules, letters *out, const glance_line *l, size_t from,
                         size_t to) {
    out->count = 0;
    for (size_t i = from; i < to; i++)
        if (l->norm[i] != ' ') {
            uint16_t class = l->raw[i] < 0x10000 ? rules->classes[l->raw[i]] : 0;
            out->places[out->count] = (uint16_t)i;
            out->classes[out->count++] = class < GLANCE_CLASSES ? class : 0;
        }
}

/* Whether keyword `w` stands at letter `at`. */
static bool word_at(const glance_rules *rules, const letters *in, size_t w, size_t at) {
    size_t size = (size_t)rules->word_ends[w + 1] - rules->word_ends[w];
    return size > 0 && size <= in->count - at &&
           memcmp(in->classes + at, rules->words + rules->word_ends[w],
                  size * sizeof *in->classes) == 0;
}

static bool separates(const glance_rules *rules, uint32_t point) {
    return point <= ' ' || point == '&' || point == 0x1680 || point == 0x205F ||
           has_trait(rules, point, GLANCE_DECORATION | GLANCE_FIELD_SEPARATOR);
}

static bool stands_alone(const glance_rules *rules, const glance_line *l, const letters *in, size_t at,
                         size_t size) {
    size_t before = in->places[at], after = (size_t)in->places[at + size - 1] + 1;
    return (before == 0 || separates(rules, l->norm[before - 1])) &&
           (after >= l->count || separates(rules, l->norm[after]));
}

/* The rules of which a keyword occurs in l[0:to], spaces aside. */
static uint32_t rules_in(const glance_rules *rules, const glance_line *l, size_t to) {
    letters in;
    uint32_t found = 0;
    read_letters(rules, &in, l, 0, to);
    for (size_t i = 0; i < in.count; i++) {
        const uint16_t *words = rules->first_word + in.classes[i];
        for (size_t w = words[0]; w < words[1]; w++) {
            uint32_t of_word = rules->rules_of_word[w];
            if ((of_word & ~found) && word_at(rules, &in, w, i) &&
                (!(of_word & GLANCE_ALONE) ||
                 stands_alone(rules, l, &in, i,
                              (size_t)rules->word_ends[w + 1] - rules->word_ends[w])))
                found |= of_word;
        }
    }
    return found & ~GLANCE_ALONE;
}

/* Whether a field, a counter or a button can begin at `from`, which is Han: a word does; one of a
 * single character does not go on in Han. */
static bool begins_item(const glance_rules *rules, const glance_line *l, size_t from) {
    letters in;
    read_letters(rules, &in, l, from, l->count < from + ITEM_REACH ? l->count : from + ITEM_REACH);
    if (in.count == 0)
        return true;
    const uint16_t *words = rules->first_word + in.classes[0];
    for (size_t w = words[0]; w < words[1]; w++)
        if ((rules->rules_of_word[w] & rules->item) && word_at(rules, &in, w, 0)) {
            size_t size = (size_t)rules->word_ends[w + 1] - rules->word_ends[w];
            if (size > 1 || from + 1 >= l->count || !is_han(l->norm[from + 1]))
                return true;
        }
    return false;
}

/* Whether fields that begin so need not begin with a word: numbers, A+, TT and QQ. */
static bool begins_otherwise(uint32_t point) {
    uint32_t small = point | 0x20;
    return point < 0x80 ? small < 'a' || small > 'z' || small == 'a' || small == 't' || small == 'q'
                        : !is_han(point);
}

static bool starts_year(const uint32_t *two) {
    return (two[0] == '1' && two[1] == '9') || (two[0] == '2' && two[1] == '0');
}

/* Decimal digits of other scripts are digits to the rules' patterns. */
static bool may_be_digit(uint32_t point) { return is_digit(point) || point > 0x7F; }

/* Whether a date may begin in l[from:to]: 2023-11- or the like, or something of a year 年. */
static bool has_date(const glance_line *l, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        const uint32_t *at = l->norm + i;
        if (*at == 0x5E74)
            return true;
        if (i + 4 >= l->count || !starts_year(at) || !may_be_digit(at[2]) || !may_be_digit(at[3]))
            continue;
        uint32_t next = at[4] == ' ' && i + 5 < l->count ? at[5] : at[4];
        if (next == '-' || next == '/' || next == '.' || next == 0x5E74)
            return true;
    }
    return false;
}

static bool has_number(const glance_rules *rules, const glance_line *l) {
    for (size_t i = 0; i < l->count; i++)
        if (has_trait(rules, l->norm[i], GLANCE_NUMBER) || l->norm[i] > 0xFFFF)
            return true;
    return false;
}

/* A date in digits and without a time, 2023年11月14日, from `i` on; returns where it ends, or 0.
 * Years of other centuries are no dates to the rules. */
static size_t plain_date(const glance_line *l, size_t i) {
    static const uint32_t UNITS[3] = {0x5E74, 0x6708, 0x65E5};
    if (i + 1 >= l->count || !starts_year(l->norm + i))
        return 0;
    for (int part = 0; part < 3; part++) {
        size_t digits = 0;
        for (; i < l->count && is_digit(l->norm[i]); i++)
            digits++;
        if (part == 0 ? digits != 4 : digits < 1 || digits > 2)
            return 0;
        if (i >= l->count || l->norm[i++] != UNITS[part])
            return 0;
    }
    return i;
}

/* Whether a line may be a row of fields: it begins with something that a field begins with, or a
 * date stands near its beginning; but not 2023年11月14日通过, where the date is part of a sentence. */
static bool may_be_fields(const glance_rules *rules, const glance_line *l) {
    size_t start = 0, reach, end;
    while (start < l->count &&
           has_trait(rules, l->norm[start], GLANCE_DECORATION | GLANCE_FIELD_SEPARATOR))
        start++;
    if (start == l->count)
        return false;
    end = plain_date(l, start);
    while (end > 0 && end < l->count && l->norm[end] == ' ')
        end++;
    if (end > 0 && end < l->count && is_han(l->norm[end]) &&
        !has_trait(rules, l->norm[end], GLANCE_DATE) && !begins_item(rules, l, end))
        return false;
    if (has_trait(rules, l->norm[start], GLANCE_FIELD_FIRST) &&
        (begins_otherwise(l->norm[start]) || begins_item(rules, l, start)))
        return true;
    reach = start + DATE_REACH < l->count ? start + DATE_REACH : l->count;
    return has_date(l, start, reach);
}

/* -12-, with any space inside and around it */
static bool may_be_page_number(const glance_line *l) {
    size_t dashes = 0, others = 0;
    for (size_t i = 0; i < l->count && others <= DASHED_LENGTH; i++)
        if (l->norm[i] == '-')
            dashes++;
        else if (l->norm[i] != ' ' && l->norm[i] != 0x1680 && l->norm[i] != 0x205F) {
            if (dashes == 0)
                return false;
            others++;
        }
    return dashes >= 2 && others <= DASHED_LENGTH;
}

/* The rules of `zone` that could read a line of which nothing is left to be taken off. */
static uint32_t readable(const glance_rules *rules, const glance_line *l, uint32_t zone) {
    size_t start, end;
    uint32_t found = rules_in(rules, l, l->count) & zone;
    if ((found & rules->fields) && !may_be_fields(rules, l))
        found &= ~rules->fields;
    if ((found & rules->dated) && !has_date(l, 0, l->count))
        found &= ~rules->dated;
    if ((found & rules->numbered) && !has_number(rules, l))
        found &= ~rules->numbered;
    without_decoration(rules, l, &start, &end);
    for (int rule = 0; rule < GLANCE_RULES && found; rule++)
        if ((found >> rule & 1) && end - start > (size_t)rules->longest[rule] + 2)
            found &= ~((uint32_t)1 << rule);
    return found;
}

static bool is_han_number(uint32_t point) {
    switch (point) {
    case 0x4E00: case 0x4E03: case 0x4E09: case 0x4E5D: case 0x4E8C: /* 一七三九二 */
    case 0x4E94: case 0x516B: case 0x516D: case 0x5341: case 0x56DB: /* 五八六十四 */
        return true;
    default:
        return false;
    }
}

/* Whether a line inside its decoration begins as an article of a statute does, which no notice of
 * notices.py does: 第十二条, 三、 or (三). */
static bool begins_article(const glance_rules *rules, const glance_line *l) {
    size_t start, end, i;
    without_decoration(rules, l, &start, &end);
    const uint32_t *at = l->norm + start;
    size_t left = end - start;
    if (left >= 3 && at[0] == '(' && is_han_number(at[1]) && at[2] == ')')
        return true;
    if (left >= 2 && is_han_number(at[0]) && at[1] == 0x3001)
        return true;
    if (left < 3 || at[0] != 0x7B2C)
        return false;
    for (i = 1; i < left && i <= 8 && (is_digit(at[i]) || is_han_number(at[i]) ||
                                       at[i] == 0x767E || at[i] == 0x96F6 || at[i] == 0x3007);)
        i++;
    return i > 1 && i < left && at[i] == 0x6761;
}

uint32_t may_be_read(const glance_rules *rules, const glance_line *read, uint32_t zone) {
    glance_line unlinked;
    const glance_line *l = read;
    if (l->body || !worth_reading(rules, l))
        return 0;
    if (has_links(l)) {
        unlinked = *l;
        unlink_line(&unlinked);
        l = &unlinked;
    }
    uint32_t found = readable(rules, l, zone);
    if ((found & rules->notice) && begins_article(rules, l))
        found &= ~rules->notice;
    return may_be_page_number(l) ? found | GLANCE_PAGE_NUMBER : found;
}

/* What papers, stations and agencies are called by at the end: 社网报刊台闻线端. */
static bool ends_agency(uint32_t point) {
    switch (point) {
    case 0x520A: case 0x53F0: case 0x62A5: case 0x793E:
    case 0x7AEF: case 0x7EBF: case 0x7F51: case 0x95FB:
        return true;
    default:
        return false;
    }
}

/* The character before `i`, one space aside; 0 for none. */
static uint32_t point_before(const glance_line *l, size_t i) {
    if (i > 1 && l->norm[i - 1] == ' ')
        i--;
    return i > 0 ? l->norm[i - 1] : 0;
}

/* Whether what every dateline of spans.py has stands at `i`: 日电 or 日讯, 报讯 or the like, a
 * paper's 消息, 记者 before a slash. */
static bool tells_dateline(const glance_line *l, size_t i) {
    uint32_t point = l->norm[i], before;
    switch (point) {
    case 0x7535: /* 电, also after 专 */
        before = point_before(l, i);
        return before == 0x65E5 || before == 0x4E13;
    case 0x8BAF: /* 讯 */
        before = point_before(l, i);
        return before == 0x65E5 || ends_agency(before);
    case 0x6D88: /* 消息 */
        return i + 1 < l->count && l->norm[i + 1] == 0x606F && ends_agency(point_before(l, i));
    case 0x8BB0: /* 记者 */
        for (size_t k = i + 1; k < l->count && k < i + 10; k++)
            if (l->norm[k] == '/')
                return true;
        return false;
    default:
        return false;
    }
}

bool may_lead(const glance_rules *rules, const glance_line *l) {
    size_t reach = l->count < REACH ? l->count : REACH, i = 0;
    /* a bracket, or 发布时间 */
    bool told = l->count > 0 && (l->norm[0] == '(' || l->norm[0] == 0x53D1);
    for (; i < reach && !told; i++)
        told = tells_dateline(l, i);
    return told && (rules_in(rules, l, reach) & rules->lead) != 0;
}

/* Whether what the last bracket of a line holds may be credits or the like: _in_bracket of
 * spans.py. `l` is the end of the line, and becomes what is in the bracket. */
static bool may_close(const glance_rules *rules, glance_line *l) {
    size_t end = l->count - 1, open = end;
    for (size_t i = 0; i < l->count; i++)
        if (l->norm[i] == 0x300A) /* the 《 of a page line */
            return true;
    if (l->norm[end] != ')')
        return false;
    while (open > 0 && l->norm[open - 1] != '(' && l->norm[open - 1] != ')')
        open--;
    if (open == 0 || l->norm[open - 1] != '(' || open == end || end - open > BRACKET_LENGTH)
        return false;
    l->count = end - open;
    memmove(l->raw, l->raw + open, l->count * sizeof *l->raw);
    memmove(l->norm, l->norm + open, l->count * sizeof *l->norm);
    for (size_t i = 0; i < l->count; i++)
        if (l->norm[i] == 0x8005) /* the 者 of authors */
            return true;
    return readable(rules, l, rules->tail | rules->lead) != 0;
}

/* Whether credits may close a line without a bracket around them: 编辑: or 责编:, or 返回搜狐; a
 * bracket that holds some may also have a date behind it. */
static bool may_be_credit(const glance_rules *rules, const glance_line *l) {
    uint32_t last = l->norm[l->count - 1], before;
    if (has_trait(rules, last, GLANCE_NUMBER) || last > 0xFFFF)
        return true;
    for (size_t i = 1; i < l->count; i++) {
        before = l->norm[i] == ':' ? point_before(l, i) : 0;
        if (before == 0x8F91 || before == 0x7F16 || /* 返回搜 */
            (i > 1 && l->norm[i] == 0x641C && l->norm[i - 1] == 0x56DE && l->norm[i - 2] == 0x8FD4))
            return true;
    }
    return false;
}

bool may_trail(const glance_rules *rules, const glance_line *l) {
    const uint8_t *p = characters_before(l->start, l->end, CREDIT_REACH);
    uint32_t point = 0;
    bool credit = false;
    while (p < l->end) {
        p = utf8_decode(p, l->end, &point);
        credit = credit || has_trait(rules, point, GLANCE_CREDIT);
    }
    if (!credit && !has_trait(rules, point, GLANCE_CLOSER))
        return false;
    glance_line last;
    read_line(rules, &last, characters_before(l->start, l->end, TRAIL_REACH), l->end);
    return last.count > 0 && ((credit && may_be_credit(rules, &last)) || may_close(rules, &last));
}
