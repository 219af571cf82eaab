/* Alignment of tokens. */
#include "binding.h"

#include <stdlib.h>

#include "align.h"

PyObject *align(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[2], *result = NULL;
    if (!PyArg_ParseTuple(args, "OO:align", &at[0], &at[1]))
        return NULL;
    arrays held = {.count = 0};
    const uint32_t *tokens[2] = {NULL, NULL};
    size_t counts[2] = {0, 0};
    bool good = true;
    for (int i = 0; good && i < 2; i++)
        good = (tokens[i] = array_of(&held, at[i], 4, false, &counts[i])) != NULL;
    if (good && counts[0] + counts[1] > INT32_MAX)
        good = refused("too many tokens") != NULL;
    if (good) {
        matches found = {.items = NULL};
        int failed;
        Py_BEGIN_ALLOW_THREADS
        failed = align_tokens(tokens[0], (uint32_t)counts[0], tokens[1], (uint32_t)counts[1],
                              &found);
        Py_END_ALLOW_THREADS
        if (failed) {
            PyErr_NoMemory();
            free(found.items);
        } else
            result = memory_new(found.items, found.count * sizeof *found.items);
    }
    release(&held);
    return result;
}
