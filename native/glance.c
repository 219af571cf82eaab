/* A glance at the head and tail of a text: whether the rules of dedup/text/metadata could find
 * anything there. "No" is certain; "maybe" leaves it to the rules. What is here is the order in
 * which the rules walk over lines, and where they must stop. */
#include "glance.h"
#include "utf8.h"

/* Where the tail ends at the latest: lines looked at, and those waiting for an explanation. */
enum { MOST_LINES = 120, MOST_WAITING = 25, LISTED_LENGTH = 80 };
/* A title may be shorter and still be a name; a heading this long is certainly one. */
enum { NAME_LENGTH = 9, HEADING_LENGTH = 120, COMMENT_LENGTH = 37 };
/* What is looked at of the head at most, as head_lines of lines.py looks at all of it. */
enum { HEAD_BYTES = 1800, GAP_BYTES = 80, MOST_RULERS = 4 };
enum { MATTER_LINES = 12, MATTER_BLANK = 20, MATTER_PARAGRAPHS = 2 };
/* Characters of a key and of an entry; longer ones are left to the rules. */
enum { KEY_LENGTH = 30, ENTRY_LENGTH = 200 };
enum { TITLE_SHORTEST = 4, TITLE_LONGEST = 64 };

/* ---- the head ---- */

/* A line of dashes and the like; HTML comments count too. */
static bool may_be_ruler(const glance_rules *rules, const glance_line *l) {
    if (l->raw[0] == '<')
        return true;
    for (size_t i = 0; i < l->count; i++)
        if (!has_trait(rules, l->raw[i], GLANCE_RULER))
            return false;
    return true;
}

/* <!-- INFO END --> */
static bool is_comment(const glance_line *l) {
    static const char OPEN[] = "<!--", CLOSE[] = "-->";
    size_t last = l->count - 3;
    if (l->count < 8 || l->count > COMMENT_LENGTH)
        return false;
    for (size_t i = 0; i < l->count; i++)
        if (i < 4 ? l->raw[i] != (uint32_t)OPEN[i]
            : i >= last ? l->raw[i] != (uint32_t)CLOSE[i - last]
                        : l->raw[i] != ' ' && (l->raw[i] < 'A' || l->raw[i] > 'Z'))
            return false;
    return true;
}

/* ---- front matter: frontmatter.py ---- */

/* --- or +++ */
static bool is_fence(const glance_line *l, uint32_t mark) {
    return l->count == 3 && (mark == '-' || mark == '+') && l->raw[0] == mark &&
           l->raw[1] == mark && l->raw[2] == mark;
}

static bool is_letter(uint32_t point) {
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
}

/* Whether a plain key begins at `i` and a colon (or =) ends it; returns where, 0 for nowhere. */
static size_t key_end(const glance_line *l, size_t i) {
    size_t first = i;
    for (; i < l->count && i <= first + KEY_LENGTH; i++) {
        uint32_t point = l->raw[i];
        if (i > first && (point == ':' || point == '='))
            return i;
        if (!is_letter(point) && point != '_' &&
            (i == first || (!is_digit(point) && point != ' ' && point != '.' && point != '-')))
            return 0;
    }
    return 0;
}

/* title: 标题 */
static bool is_entry(const glance_line *l) {
    size_t end = key_end(l, 0);
    return !l->body && end > 0 && l->count <= ENTRY_LENGTH &&
           (end + 1 == l->count || l->raw[end + 1] == ' ');
}

/* [#]: subject: "标题" */
static bool is_comment_entry(const glance_line *l) {
    static const char OPEN[] = "[#]:";
    if (l->body || l->count < 7 || l->count > ENTRY_LENGTH)
        return false;
    for (size_t i = 0; i < 4; i++)
        if (l->raw[i] != (uint32_t)OPEN[i])
            return false;
    size_t start = l->raw[4] == ' ' ? 5 : 4, end = key_end(l, start);
    for (size_t i = start; i < end; i++)
        if (l->raw[i] < 'a' || l->raw[i] > 'z')
            return false;
    return end >= start + 2 && end <= start + 20 && l->raw[end] == ':';
}

static bool may_be_front_matter(const glance_line *l) {
    return l->raw[0] == '[' || is_fence(l, l->raw[0]);
}

/* Pass front matter that begins with the line `l`, and read the line below it into `l`. Returns
 * where the next one begins; NULL for what is not certain, or longer than most. */
static const uint8_t *pass_front_matter(const glance_rules *rules, glance_line *l,
                                        const uint8_t *p, const uint8_t *end) {
    uint32_t mark = l->raw[0];
    bool fenced = is_fence(l, mark), gap;
    ptrdiff_t blank = 0;
    int paragraphs = 0;
    for (int lines = 1; lines <= MATTER_LINES; lines++) {
        if (!fenced && !is_comment_entry(l))
            return lines > 2 && l->raw[0] != '[' ? p : NULL;
        const uint8_t *from = p;
        p = next_line(rules, l, p, end, &gap);
        if (p == NULL)
            return NULL;
        blank += l->start - from;
        paragraphs += l->length > LISTED_LENGTH;
        if (blank > MATTER_BLANK || paragraphs > MATTER_PARAGRAPHS)
            return NULL;
        if (fenced && lines > 1 && is_fence(l, mark)) {
            from = p;
            p = next_line(rules, l, p, end, &gap);
            return p != NULL && l->start - from <= MATTER_BLANK ? p : NULL;
        }
        if (fenced && !is_entry(l))
            return NULL;
    }
    return NULL;
}

/* ---- titles ---- */

static bool may_be_title(const glance_rules *rules, const glance_line *l) {
    size_t han = 0;
    if (l->length < TITLE_SHORTEST || l->length > TITLE_LONGEST ||
        has_trait(rules, l->norm[l->count - 1], GLANCE_TITLE_END))
        return false;
    for (size_t i = 0; i < l->count; i++) {
        if (l->norm[i] == 0x3002 || l->norm[i] == ';')
            return false;
        han += is_han(l->norm[i]);
    }
    return han >= 2;
}

/* ## is a section; white space beyond plain spaces is left to the rules. */
static bool is_heading(const glance_line *l) {
    size_t i = 1;
    if (l->count < 2 || l->length > HEADING_LENGTH || l->raw[0] != '#' || l->raw[1] == '#')
        return false;
    while (i < 5 && i < l->count && l->raw[i] == ' ')
        i++;
    return i < l->count && l->raw[i] != '#' &&
           ((l->raw[i] > ' ' && l->raw[i] < 0x7F) || l->raw[i] > 0x3000);
}

static bool may_be_beside_title(const glance_line *l) {
    uint32_t first = l->norm[0], last = l->norm[l->count - 1];
    return first == '(' || first == '[' || last == 0x53F7;
}

/* A line of at least three = under a line of text. */
static bool is_underlined(const glance_line *l, const glance_line *below) {
    if (l->length > HEADING_LENGTH || l->raw[0] == '#' || l->raw[0] == '>' || below->body ||
        below->count < 3)
        return false;
    for (size_t i = 0; i < below->count; i++)
        if (below->raw[i] != '=')
            return false;
    return true;
}

/* Whether the line under a Markdown title, and after rulers the next ones, are body. */
static bool is_body_below(const glance_rules *rules, glance_line *l, const uint8_t *p,
                          const uint8_t *end) {
    bool gap;
    for (int lines = 0; lines < MOST_RULERS; lines++) {
        bool comment = is_comment(l), ruler = !l->body && may_be_ruler(rules, l);
        if (!comment && may_lead(rules, l))
            return false;
        if (l->body)
            return true;
        if ((l->count <= NAME_LENGTH && !ruler && (l->raw[0] > 0xFF || l->raw[0] == '(')) ||
            (!comment && may_be_read(rules, l, rules->head)))
            return false;
        if (!ruler && !may_be_beside_title(l))
            return true;
        p = next_line(rules, l, p, end, &gap);
        if (p == NULL)
            return true;
        if (!ruler)
            return !may_be_read(rules, l, rules->head);
    }
    return false;
}

/* Whether the line `l` is a Markdown title for certain, with body below it; `p`: where the next
 * line begins. */
static bool is_title(const glance_rules *rules, const uint8_t *text, const glance_line *l,
                     const uint8_t *p, const uint8_t *end) {
    glance_line second;
    bool gap;
    const uint8_t *rest = next_line(rules, &second, p, end, &gap);
    if (rest == NULL || p - text > HEAD_BYTES || second.start - p > GAP_BYTES)
        return false;
    bool title = gap ? is_heading(l) : is_underlined(l, &second) && !may_be_ruler(rules, l);
    return title && is_body_below(rules, &second, rest, end);
}

static int64_t code_points(const uint8_t *p, const uint8_t *end) {
    int64_t count = 0;
    for (uint32_t point; p < end; count++)
        p = utf8_decode(p, end, &point);
    return count;
}

static int glance_at_head(const glance_rules *rules, const uint8_t *text, const uint8_t *end,
                          int64_t *title, uint32_t *alone) {
    glance_line first, second;
    bool gap;
    const uint8_t *p = next_line(rules, &first, text, end, &gap);
    if (p == NULL)
        return GLANCE_NOTHING;
    if (first.start - text > HEAD_BYTES)
        return GLANCE_MAYBE;
    if (first.body)
        return may_lead(rules, &first) ? GLANCE_MAYBE : GLANCE_NOTHING;
    bool matter = may_be_front_matter(&first);
    if (matter && (p = pass_front_matter(rules, &first, p, end)) == NULL)
        return GLANCE_MAYBE;
    if (!first.body && !may_be_front_matter(&first) && is_title(rules, text, &first, p, end)) {
        title[0] = code_points(text, first.start);
        title[1] = title[0] + (int64_t)first.length;
        return GLANCE_TITLE;
    }
    bool underlined = next_line(rules, &second, p, end, &gap) != NULL && !gap &&
                      (second.raw[0] == '=' || second.raw[0] == '-');
    if (matter || underlined || first.raw[0] == '#' || may_be_ruler(rules, &first) ||
        may_be_title(rules, &first) || may_lead(rules, &first))
        return GLANCE_MAYBE;
    *alone = may_be_read(rules, &first, rules->head);
    return *alone ? GLANCE_MAYBE : GLANCE_NOTHING;
}

/* ---- the tail ---- */

/* Whether the walk up from the end stops at this line for certain. */
static bool ends_walk(const glance_rules *rules, const glance_line *l) {
    if (l->body || l->count > LISTED_LENGTH)
        return true;
    for (size_t i = 0; i < l->count; i++)
        if (l->norm[i] == 0x3002 || l->norm[i] == ';')
            return true;
    return has_trait(rules, l->norm[l->count - 1], GLANCE_LIST_END);
}

/* Whether a line is one that the walk up from the end passes by: links' targets, tags, rulers. */
static bool is_passed(const glance_rules *rules, const glance_line *l) {
    return l->raw[0] == '[' || l->raw[0] == '<' || may_be_ruler(rules, l);
}

static int glance_at_tail(const glance_rules *rules, const uint8_t *text, const uint8_t *end,
                          uint32_t *alone) {
    int waiting = 0;
    glance_line l;
    const uint8_t *p = end;
    for (int lines = 0; lines < MOST_LINES; lines++) {
        p = line_before(rules, &l, text, p);
        if (p == NULL)
            return GLANCE_NOTHING;
        uint32_t zone = l.raw[0] == '#' ? rules->tail & ~rules->heading : rules->tail;
        if (waiting == 0 && may_trail(rules, &l))
            return GLANCE_MAYBE;
        uint32_t readers = may_be_read(rules, &l, zone);
        if (readers != 0) {
            bool last = lines == 0 && !(readers & rules->heading) && !is_passed(rules, &l);
            *alone = last && ends_walk(rules, &l) ? readers : 0;
            return GLANCE_MAYBE;
        }
        if (is_passed(rules, &l))
            continue;
        if (++waiting >= MOST_WAITING || ends_walk(rules, &l))
            return GLANCE_NOTHING;
    }
    return GLANCE_MAYBE;
}

/* Whether enough letters, digits and Han stand below the title; other scripts are not counted. */
static bool has_body(const glance_rules *rules, const uint8_t *p, const uint8_t *end,
                     int64_t title_end) {
    uint32_t point, count = 0;
    for (int64_t i = 0; p < end && count < rules->title_needs; i++) {
        p = utf8_decode(p, end, &point);
        bool letter = is_digit(point) || (point >= 'a' && point <= 'z') ||
                      (point >= 'A' && point <= 'Z') || (point >= 0x4E00 && point <= 0x9FA5);
        count += i >= title_end && letter;
    }
    return count >= rules->title_needs;
}

void glance(const glance_rules *rules, const uint8_t *text, size_t size, uint8_t found[2],
            int64_t title[2], uint32_t alone[2]) {
    title[0] = title[1] = 0;
    alone[0] = alone[1] = 0;
    found[0] = (uint8_t)glance_at_head(rules, text, text + size, title, &alone[0]);
    found[1] = (uint8_t)glance_at_tail(rules, text, text + size, &alone[1]);
    if (found[0] == GLANCE_TITLE && found[1] == GLANCE_NOTHING &&
        has_body(rules, text, text + size, title[1]))
        found[0] = GLANCE_TITLE_AND_BODY;
}
