/* The glance in the fuzz target: rules of a few words and characters, which stand for those that
 * dedup/text/metadata/glance.py makes of the real ones. */
#include "glance_checks.h"

#include <string.h>

#include "kernel.h"

enum { LETTERS = 20, WORDS = 12 };

static uint16_t normal[GLANCE_CHARACTERS], traits[GLANCE_CHARACTERS], classes[GLANCE_CHARACTERS];
static uint16_t first_word[GLANCE_CLASSES + 1], words[LETTERS], word_ends[WORDS + 1];
static uint16_t longest[GLANCE_RULES];
static uint32_t rules_of_word[WORDS];

/* Rules: 0 is of fields, 1 holds a date, 2 a number, 3 is a heading's, 4 a dateline's, 5 an item's. */
static glance_rules rules = {
    normal, traits, classes, first_word, words, word_ends, rules_of_word, longest,
    .head = 7, .tail = 15, .fields = 1, .lead = 16, .item = 32, .dated = 2, .numbered = 4,
    .heading = 8, .title_needs = 20,
};

static void set_traits(uint16_t trait, const char *ascii, uint32_t first, uint32_t last) {
    for (; *ascii; ascii++)
        traits[(uint8_t)*ascii] |= trait;
    for (uint32_t point = first; point < last; point++)
        traits[point] |= trait;
}

/* Words by their first letter, each class a letter: a, b, ba, c, cab, … */
static void make_words(void) {
    static const char list[WORDS][4] = {"a", "b", "ba", "c", "cab", "d", "da", "e", "ed", "f", "fe",
                                        "g"};
    size_t letter = 0;
    for (size_t w = 0; w < WORDS; w++) {
        for (const char *p = list[w]; *p; p++)
            words[letter++] = (uint16_t)(*p - 'a' + 1);
        word_ends[w + 1] = (uint16_t)letter;
        rules_of_word[w] = w == 0 ? GLANCE_ALONE | 1 : (uint32_t)1 << w % 6;
        for (size_t class = (size_t)(list[w][0] - 'a') + 2; class <= GLANCE_CLASSES; class++)
            first_word[class] = (uint16_t)(w + 1);
    }
}

static void make_rules(void) {
    for (uint32_t point = 0; point < GLANCE_CHARACTERS; point++)
        normal[point] = (uint16_t)(point >= 0xFF01 && point < 0xFF5F ? point - 0xFEE0 : point);
    for (uint32_t letter = 0; letter < 7; letter++)
        classes['a' + letter] = classes['A' + letter] = classes[0x4E00 + letter] =
            (uint16_t)(letter + 1);
    for (int rule = 0; rule < GLANCE_RULES; rule++)
        longest[rule] = (uint16_t)(rule % 3 ? 240 : 12);
    make_words();
    set_traits(GLANCE_LINE_END, "\n\r\f", 0x2028, 0x202A);
    set_traits(GLANCE_INVISIBLE, "\n\r\f \t", 0x2028, 0x202A);
    set_traits(GLANCE_SENTENCE_END, ".!,", 0x3001, 0x3003);
    set_traits(GLANCE_NOTICE, "n", 0x7248, 0x7249);
    set_traits(GLANCE_CLOSER, ")]", 0xFF09, 0xFF0A);
    set_traits(GLANCE_CREDIT, "z", 0x7F16, 0x7F17);
    set_traits(GLANCE_RULER, "-=*_~ ", 0x2014, 0x2015);
    set_traits(GLANCE_DECORATION, "*#>~_=|- ", 0x25A0, 0x25D0);
    set_traits(GLANCE_FIELD_SEPARATOR, " |/,;:()[]", 0x3001, 0x3003);
    set_traits(GLANCE_FIELD_FIRST, "aAbBt0123456789", 0x4E00, 0x4E04);
    set_traits(GLANCE_DATE, "", 0x4E00, 0x4E02);
    set_traits(GLANCE_TITLE_END, ",;:.", 0x3001, 0x3003);
    set_traits(GLANCE_LIST_END, ",:", 0x3001, 0x3002);
    set_traits(GLANCE_NUMBER, "0123456789", 0x4E00, 0x4E03);
}

bool glance_is_sound(const uint8_t *text, size_t size) {
    uint8_t found[2];
    int64_t title[2];
    uint32_t alone[2];
    if (word_ends[WORDS] == 0)
        make_rules();
    glance(&rules, text, size, found, title, alone);
    if ((alone[0] != 0 && found[0] != GLANCE_MAYBE) || (alone[1] != 0 && found[1] != GLANCE_MAYBE))
        return false;
    if (found[0] < GLANCE_TITLE)
        return found[0] <= GLANCE_MAYBE && found[1] <= GLANCE_MAYBE && title[0] == 0 &&
               title[1] == 0;
    return found[0] <= GLANCE_TITLE_AND_BODY && found[1] <= GLANCE_MAYBE && title[0] >= 0 &&
           title[1] > title[0] && (uint64_t)title[1] <= size &&
           (found[0] == GLANCE_TITLE || found[1] == GLANCE_NOTHING);
}
