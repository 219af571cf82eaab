/* Runs the fuzz target without libFuzzer: on files, then on that many mutations of them.
 *
 * usage: mutate COUNT FILE... */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 1 << 16 };

typedef struct {
    uint8_t bytes[MOST];
    size_t size;
} input;

static uint64_t state = 88172645463325252u;

/* Marsaglia's xorshift64: the same inputs every time. */
static uint64_t draw(uint64_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % below;
}

/* Characters whose neighbours matter, and pieces of characters. */
static const char *const PIECES[] = {
    "中国人", "，", "。\n", " ", "+", "++", "-", "--", "%", "#", "○", "二○", "年", "a", "1", "1.5",
    "!=", "\xE4", "\xE4\xB8", "\xF0\x9F", "\x80", "\xED\xA0\x80", "\xFF", "क्षि", "\xCC\x81", "ﷺ",
    "👍🏽", "𠮷", "ab1c", "\xEF\xBF\xBD", "㏂", "北京大学",
};

static void mutate(input *in) {
    size_t count = 1 + draw(6);
    for (size_t i = 0; i < count; i++) {
        size_t at = in->size ? draw(in->size) : 0;
        const char *piece = PIECES[draw(sizeof PIECES / sizeof PIECES[0])];
        size_t length = strlen(piece), cut = 1 + draw(40);
        switch (draw(4)) {
        case 0:
            if (in->size)
                in->bytes[at] = (uint8_t)draw(256);
            break;
        case 1:
            if (in->size + length <= MOST) {
                memmove(in->bytes + at + length, in->bytes + at, in->size - at);
                memcpy(in->bytes + at, piece, length);
                in->size += length;
            }
            break;
        case 2:
            cut = cut < in->size - at ? cut : in->size - at;
            memmove(in->bytes + at, in->bytes + at + cut, in->size - at - cut);
            in->size -= cut;
            break;
        default:
            if (in->size > 6)
                in->bytes[draw(6)] = (uint8_t)draw(256);
        }
    }
}

int main(int argc, char **argv) {
    long count = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
    int files = argc - 2;
    if (files < 1)
        return 2;
    input *inputs = calloc((size_t)files + 1, sizeof *inputs);
    if (inputs == NULL)
        return 2;
    for (int i = 0; i < files; i++) {
        FILE *file = fopen(argv[i + 2], "rb");
        if (file == NULL)
            return 2;
        inputs[i].size = fread(inputs[i].bytes, 1, MOST, file);
        fclose(file);
        LLVMFuzzerTestOneInput(inputs[i].bytes, inputs[i].size);
    }
    for (long i = 0; i < count; i++) {
        input *work = &inputs[files];
        const input *from = &inputs[draw((uint64_t)files)];
        work->size = from->size;
        memcpy(work->bytes, from->bytes, from->size);
        mutate(work);
        LLVMFuzzerTestOneInput(work->bytes, work->size);
    }
    printf("%d files, %ld mutations: nothing found\n", files, count);
    free(inputs);
    return 0;
}
