/* Tokens of kept text: where they end, and their numbers in a vocabulary. */
#include "binding.h"

#include <stdlib.h>

#include "vocabulary.h"

/* ---- Vocabulary ---- */

typedef struct {
    PyObject_HEAD
    vocabulary known;
} VocabularyObject;

static PyTypeObject *vocabulary_type;

static void vocabulary_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    vocabulary_free(&((VocabularyObject *)self)->known);
    freefunc release_memory = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release_memory(self);
    Py_DECREF(type);
}

static PyType_Slot vocabulary_slots[] = {
    {Py_tp_doc, "Tokens by number, in the order in which they are met."},
    {Py_tp_dealloc, vocabulary_dealloc},
    {0, NULL},
};
static PyType_Spec vocabulary_spec = {"dedup.sketch._kernel.Vocabulary", sizeof(VocabularyObject),
                                      0, Py_TPFLAGS_DEFAULT, vocabulary_slots};

int add_vocabulary(PyObject *module) {
    return add_type(module, &vocabulary_spec, "Vocabulary", &vocabulary_type);
}

/* ---- functions ---- */

/* Segment kept text, with the ends of tokens; false: an error is set. */
static bool cut_text(PyObject *text, PyObject *object, kept_text *kept, tokens *found) {
    const dictionary *dict;
    if (!dictionary_or_none(object, &dict))
        return false;
    arrays held = {.count = 0};
    size_t size;
    int failed = 0;
    const uint8_t *memory = array_of(&held, text, 1, false, &size);
    if (memory != NULL) {
        Py_BEGIN_ALLOW_THREADS
        failed = kept_decode(kept, memory, size);
        if (!failed)
            failed = segment(found, kept, dict, true);
        Py_END_ALLOW_THREADS
        if (failed)
            refused(failed > 0 ? "kept text is not UTF-8" : NULL);
    }
    release(&held);
    return memory != NULL && !failed;
}

PyObject *cut(PyObject *Py_UNUSED(module), PyObject *args) {
    kept_text kept = {.points = NULL};
    tokens found = {.count = 0};
    PyObject *text, *object, *result = NULL;
    if (!PyArg_ParseTuple(args, "OO:cut", &text, &object))
        return NULL;
    if (cut_text(text, object, &kept, &found)) {
        result = memory_new(found.ends, found.count * sizeof *found.ends);
        found.ends = NULL;
    }
    tokens_free(&found);
    kept_free(&kept);
    return result;
}

/* The order is told because a first U+FEFF would else be taken for a mark of it. */
static PyObject *word_of(const uint32_t *points, size_t length) {
    const uint32_t one = 1;
    int order = *(const uint8_t *)&one ? -1 : 1;
    return PyUnicode_DecodeUTF32((const char *)points, (Py_ssize_t)(length * sizeof *points),
                                 "strict", &order);
}

/* Number the tokens of a text; without the characters of the separators before them. */
static int number_tokens(vocabulary *known, const kept_text *kept, const tokens *found,
                         uint32_t *numbers) {
    size_t end = 0;
    int failed = 0;
    for (size_t i = 0; !failed && i < found->count; i++) {
        size_t start = end;
        end = found->ends[i];
        while (kept->points[start] == ' ')
            start++;
        failed = vocabulary_number(known, found->hashes[i], kept->points + start, end - start,
                                   numbers + i);
    }
    return failed;
}

/* List the tokens of a vocabulary from one on. */
static PyObject *list_tokens(const vocabulary *known, size_t first) {
    PyObject *list = PyList_New(0);
    for (size_t i = first; list != NULL && i < known->count; i++) {
        PyObject *word = word_of(known->points + known->items[i].start, known->items[i].length);
        if (word == NULL || PyList_Append(list, word) < 0)
            Py_CLEAR(list);
        Py_XDECREF(word);
    }
    return list;
}

PyObject *number_words(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *text, *object, *vocabulary_object, *result = NULL;
    Py_ssize_t first;
    if (!PyArg_ParseTuple(args, "OOO!n:numbers", &text, &object, vocabulary_type,
                          &vocabulary_object, &first))
        return NULL;
    vocabulary *known = &((VocabularyObject *)vocabulary_object)->known;
    if (first < 0)
        return refused("tokens are numbered from 0");
    kept_text kept = {.points = NULL};
    tokens found = {.count = 0};
    PyObject *list = NULL, *places = NULL;
    if (cut_text(text, object, &kept, &found)) {
        uint32_t *numbers = malloc((found.count + 1) * sizeof *numbers);
        if (numbers == NULL || number_tokens(known, &kept, &found, numbers) < 0) {
            free(numbers);
            PyErr_NoMemory();
        } else if ((places = memory_new(numbers, found.count * sizeof *numbers)) != NULL)
            list = list_tokens(known, (size_t)first);
    }
    if (list != NULL)
        result = PyTuple_Pack(2, list, places);
    Py_XDECREF(list);
    Py_XDECREF(places);
    tokens_free(&found);
    kept_free(&kept);
    return result;
}
