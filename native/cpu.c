/* Which vectors this processor has, decided once. */
#include "kernel.h"

#include <string.h>

static const char *const names[] = {"plain", "avx2", "avx512"};

/* A vector_level, or -1 before it is decided. */
static int in_use = -1;

static bool usable(int level) {
    switch (level) {
    case PLAIN:
        return true;
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
    case AVX2:
        return __builtin_cpu_supports("avx2");
    case AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512dq");
#endif
    default:
        return false;
    }
}

int vector_level(void) {
    if (in_use < 0) {
        int best = AVX512;
        while (!usable(best))
            best--;
        in_use = best;
    }
    return in_use;
}

const char *instruction_set(void) { return names[vector_level()]; }

bool use_instruction_set(const char *name) {
    for (int level = PLAIN; level <= AVX512; level++)
        if (strcmp(names[level], name) == 0 && usable(level)) {
            in_use = level;
            return true;
        }
    return false;
}
