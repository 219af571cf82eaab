/* Characters that are looked for in batches of texts. */
#include "binding.h"

PyObject *find_characters(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[4];
    Py_ssize_t most;
    if (!PyArg_ParseTuple(args, "OOOnO:has_characters", &at[0], &at[1], &at[2], &most, &at[3]))
        return NULL;
    arrays held = {.count = 0};
    ragged texts;
    const uint8_t *wanted = NULL;
    uint8_t *found = NULL;
    bool good = ragged_of(&held, at[0], at[1], 1, false, &texts) &&
                (wanted = exactly(&held, at[2], 1, false, WANTED_CHARACTERS / 8)) != NULL &&
                (found = exactly(&held, at[3], 1, true, texts.count)) != NULL;
    if (good) {
        const uint8_t *buffer = texts.values;
        const int64_t *offsets = texts.offsets;
        Py_BEGIN_ALLOW_THREADS
        for (size_t i = 0; i < texts.count; i++)
            found[i] = has_character(buffer + offsets[i], (size_t)(offsets[i + 1] - offsets[i]),
                                     wanted, most > 0 ? (size_t)most : 0);
        Py_END_ALLOW_THREADS
    }
    return finished(&held, good);
}
