/* The binding: checks what comes from Python, releases the lock, and calls the kernel.
 * Arrays come and go through the buffer protocol, so that building it needs no numpy. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdlib.h>
#include <string.h>

#include "kernel.h"

/* ---- Memory: what the kernel allocated, as a buffer ---- */

typedef struct {
    PyObject_HEAD
    void *memory;
    Py_ssize_t size;
} MemoryObject;

static PyTypeObject *memory_type, *dictionary_type;

/* Takes `memory`, also where it fails. */
static PyObject *memory_new(void *memory, size_t size) {
    MemoryObject *self = PyObject_New(MemoryObject, memory_type);
    if (self == NULL) {
        free(memory);
        return NULL;
    }
    self->memory = memory;
    self->size = (Py_ssize_t)size;
    return (PyObject *)self;
}

static void memory_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    free(((MemoryObject *)self)->memory);
    PyObject_Free(self);
    Py_DECREF(type);
}

static int memory_getbuffer(PyObject *self, Py_buffer *view, int flags) {
    MemoryObject *memory = (MemoryObject *)self;
    return PyBuffer_FillInfo(view, self, memory->memory, memory->size, 0, flags);
}

static PyType_Slot memory_slots[] = {
    {Py_tp_doc, "Bytes that the kernel allocated; read them through the buffer protocol."},
    {Py_tp_dealloc, memory_dealloc},
    {Py_bf_getbuffer, memory_getbuffer},
    {0, NULL},
};
static PyType_Spec memory_spec = {
    "dedup.sketch._kernel.Memory", sizeof(MemoryObject), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, memory_slots};

/* ---- arrays ---- */

enum { MOST_VIEWS = 16 };
typedef struct {
    Py_buffer views[MOST_VIEWS];
    int count;
} arrays;

static void release(arrays *a) {
    while (a->count > 0)
        PyBuffer_Release(&a->views[--a->count]);
}

/* Return the memory of a C-contiguous array of items of `item` bytes and, in `*length`, how many
 * there are; NULL with an exception set. */
static void *array_of(arrays *a, PyObject *object, size_t item, bool writable, size_t *length) {
    static uint64_t nothing;
    Py_buffer *view = &a->views[a->count];
    int flags = PyBUF_FORMAT | PyBUF_C_CONTIGUOUS | (writable ? PyBUF_WRITABLE : 0);
    if (PyObject_GetBuffer(object, view, flags) < 0)
        return NULL;
    a->count++;
    if (view->len == 0) {
        *length = 0;
        return &nothing;
    }
    if (view->itemsize != (Py_ssize_t)item || (uintptr_t)view->buf % item != 0) {
        PyErr_Format(PyExc_ValueError, "array %d has items of %zd bytes, not of %zu, or unaligned",
                     a->count, view->itemsize, item);
        return NULL;
    }
    *length = (size_t)view->len / item;
    return view->buf;
}

/* The same, of a length that is known. */
static void *exactly(arrays *a, PyObject *object, size_t item, bool writable, size_t wanted) {
    size_t length;
    void *found = array_of(a, object, item, writable, &length);
    if (found != NULL && length != wanted) {
        PyErr_Format(PyExc_ValueError, "array %d has %zu items, not %zu", a->count, length, wanted);
        return NULL;
    }
    return found;
}

static PyObject *refused(const char *why) {
    if (why == NULL || why[0] == '\0')
        return PyErr_NoMemory();
    PyErr_SetString(PyExc_ValueError, why);
    return NULL;
}

/* ---- Dictionary ---- */

typedef struct {
    PyObject_HEAD
    arrays held;
    dictionary dict;
} DictionaryObject;

static PyObject *dictionary_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"memory", NULL};
    PyObject *memory;
    size_t size;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O:Dictionary", names, &memory))
        return NULL;
    allocfunc alloc = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    DictionaryObject *self = (DictionaryObject *)alloc(type, 0);
    if (self == NULL)
        return NULL;
    const uint8_t *found = array_of(&self->held, memory, 1, false, &size);
    const char *why = NULL;
    if (found != NULL && (uintptr_t)found % 8 != 0)
        why = "memory is not aligned to eight bytes";
    else if (found != NULL) {
        Py_BEGIN_ALLOW_THREADS
        why = dictionary_open(&self->dict, found, size);
        Py_END_ALLOW_THREADS
    }
    if (found == NULL || why != NULL) {
        Py_DECREF(self);
        return found == NULL ? NULL : refused(why);
    }
    return (PyObject *)self;
}

static void dictionary_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    release(&((DictionaryObject *)self)->held);
    freefunc release_memory = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release_memory(self);
    Py_DECREF(type);
}

static PyType_Slot dictionary_slots[] = {
    {Py_tp_doc, "A compiled dictionary in memory; ValueError where it is damaged or foreign."},
    {Py_tp_new, dictionary_new},
    {Py_tp_dealloc, dictionary_dealloc},
    {0, NULL},
};
static PyType_Spec dictionary_spec = {"dedup.sketch._kernel.Dictionary", sizeof(DictionaryObject),
                                      0, Py_TPFLAGS_DEFAULT, dictionary_slots};

static bool dictionary_or_none(PyObject *object, const dictionary **dict) {
    *dict = NULL;
    if (object == Py_None)
        return true;
    if (!PyObject_TypeCheck(object, dictionary_type)) {
        PyErr_SetString(PyExc_TypeError, "dictionary must be a Dictionary or None");
        return false;
    }
    *dict = &((DictionaryObject *)object)->dict;
    return true;
}

static PyObject *compile_dictionary(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *words, *weights, *weight_of;
    double unknown;
    if (!PyArg_ParseTuple(args, "OOOd:compile_dictionary", &words, &weights, &weight_of, &unknown))
        return NULL;
    arrays held = {.count = 0};
    word_list list = {.unknown = unknown};
    uint8_t *result = NULL;
    size_t size = 0;
    const char *why = NULL;
    bool good = (list.words = array_of(&held, words, 1, false, &list.size)) != NULL &&
                (list.weights = array_of(&held, weights, 8, false, &list.weight_count)) != NULL &&
                (list.weight_of = array_of(&held, weight_of, 4, false, &list.word_count)) != NULL;
    if (good) {
        Py_BEGIN_ALLOW_THREADS
        why = dictionary_compile(&list, &result, &size);
        Py_END_ALLOW_THREADS
    }
    release(&held);
    if (!good)
        return NULL;
    return why != NULL ? refused(why) : memory_new(result, size);
}

/* ---- sketch ---- */

static const char *check_texts(const text_batch *in, size_t bytes, size_t spans) {
    const int64_t *offsets = in->offsets, *first = in->span_offsets;
    if (offsets[0] < 0 || first[0] < 0)
        return "offsets are negative";
    for (size_t i = 0; i < in->count; i++)
        if (offsets[i + 1] < offsets[i] || first[i + 1] < first[i])
            return "offsets fall";
    if ((uint64_t)offsets[in->count] > bytes || (uint64_t)first[in->count] > spans)
        return "offsets lead out of the array";
    for (size_t i = 0; i < in->count; i++) {
        int64_t position = 0, size = offsets[i + 1] - offsets[i];
        for (int64_t s = first[i]; s < first[i + 1]; s++) {
            int64_t start = in->spans[2 * s], end = in->spans[2 * s + 1];
            if (start < position || end < start || end > size)
                return "spans are not sorted, or not within their text";
            position = end;
        }
    }
    return NULL;
}

static bool texts_of(arrays *held, PyObject *texts, text_batch *in) {
    PyObject *buffer, *offsets, *spans, *span_offsets;
    size_t bytes, count, span_items;
    if (!PyArg_ParseTuple(texts, "OOOO;texts", &buffer, &offsets, &spans, &span_offsets))
        return false;
    if ((in->buffer = array_of(held, buffer, 1, false, &bytes)) == NULL ||
        (in->offsets = array_of(held, offsets, 8, false, &count)) == NULL ||
        (in->spans = array_of(held, spans, 8, false, &span_items)) == NULL)
        return false;
    if (count == 0) {
        PyErr_SetString(PyExc_ValueError, "offsets are empty");
        return false;
    }
    in->count = count - 1;
    if ((in->span_offsets = exactly(held, span_offsets, 8, false, count)) == NULL)
        return false;
    const char *why = check_texts(in, bytes, span_items / 2);
    if (why != NULL)
        refused(why);
    return why == NULL;
}

static bool results_of(arrays *held, PyObject *results, size_t n, size_t num_perm,
                       sketch_batch *out) {
    PyObject *at[8];
    if (!PyArg_ParseTuple(results, "OOOOOOOO;results", &at[0], &at[1], &at[2], &at[3], &at[4],
                          &at[5], &at[6], &at[7]))
        return false;
    return (out->shingle_offsets = exactly(held, at[0], 8, true, n + 1)) != NULL &&
           (out->signatures = exactly(held, at[1], 4, true, n * num_perm)) != NULL &&
           (out->compared_hash = exactly(held, at[2], 1, true, 16 * n)) != NULL &&
           (out->whole_hash = exactly(held, at[3], 1, true, 16 * n)) != NULL &&
           (out->kept = exactly(held, at[4], 8, true, n)) != NULL &&
           (out->whole_kept = exactly(held, at[5], 8, true, n)) != NULL &&
           (out->tokens = exactly(held, at[6], 8, true, n)) != NULL &&
           (out->set_aside = exactly(held, at[7], 1, true, n)) != NULL;
}

static bool settings_of(arrays *held, PyObject *perms, PyObject *dict, Py_ssize_t ngram,
                        sketch_settings *settings) {
    PyObject *factors, *terms;
    if (!dictionary_or_none(dict, &settings->dict) ||
        !PyArg_ParseTuple(perms, "OO;permutations", &factors, &terms))
        return false;
    if (ngram < 1) {
        PyErr_SetString(PyExc_ValueError, "ngram must be at least 1");
        return false;
    }
    settings->ngram = (size_t)ngram;
    return (settings->factors = array_of(held, factors, 4, false, &settings->num_perm)) != NULL &&
           (settings->terms = exactly(held, terms, 4, false, settings->num_perm)) != NULL;
}

static PyObject *sketch(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *texts, *results, *dict, *perms;
    Py_ssize_t ngram;
    if (!PyArg_ParseTuple(args, "OOOnO:sketch", &texts, &dict, &perms, &ngram, &results))
        return NULL;
    arrays held = {.count = 0};
    text_batch in;
    sketch_batch out = {.shingles = NULL};
    sketch_settings settings;
    int failed = 0;
    bool good = texts_of(&held, texts, &in) && settings_of(&held, perms, dict, ngram, &settings) &&
                results_of(&held, results, in.count, settings.num_perm, &out);
    size_t size = 0;
    if (good) {
        Py_BEGIN_ALLOW_THREADS
        failed = sketch_texts(&in, &settings, &out);
        Py_END_ALLOW_THREADS
        size = (size_t)out.shingle_offsets[failed ? 0 : in.count] * sizeof(uint64_t);
    }
    release(&held);
    if (good && !failed)
        return memory_new(out.shingles, size);
    free(out.shingles);
    return good ? PyErr_NoMemory() : NULL;
}

/* ---- glance ---- */

static const char *check_sets(const int64_t *offsets, size_t count, size_t values) {
    if (offsets[0] < 0)
        return "offsets are negative";
    for (size_t i = 1; i < count; i++)
        if (offsets[i] < offsets[i - 1])
            return "offsets fall";
    return (uint64_t)offsets[count - 1] > values ? "offsets lead out of the array" : NULL;
}

static bool keywords_of(arrays *held, PyObject *at[6], glance_rules *rules) {
    size_t letters, ends;
    if ((rules->first_word = exactly(held, at[0], 2, false, GLANCE_CLASSES + 1)) == NULL ||
        (rules->words = array_of(held, at[1], 2, false, &letters)) == NULL ||
        (rules->word_ends = array_of(held, at[2], 2, false, &ends)) == NULL)
        return false;
    bool sorted = ends > 0 && rules->first_word[GLANCE_CLASSES] < ends &&
                  rules->word_ends[ends - 1] <= letters;
    for (size_t i = 1; sorted && i < ends; i++)
        sorted = rules->word_ends[i - 1] <= rules->word_ends[i];
    for (size_t i = 0; sorted && i < GLANCE_CLASSES; i++)
        sorted = rules->first_word[i] <= rules->first_word[i + 1];
    if (!sorted) {
        refused("keywords lead out of their array");
        return false;
    }
    uint32_t *masks;
    if ((rules->rules_of_word = exactly(held, at[3], 4, false, ends - 1)) == NULL ||
        (rules->longest = exactly(held, at[4], 2, false, GLANCE_RULES)) == NULL ||
        (masks = exactly(held, at[5], 4, false, 7)) == NULL)
        return false;
    rules->head = masks[0], rules->tail = masks[1];
    rules->fields = masks[2], rules->lead = masks[3];
    rules->item = masks[4], rules->dated = masks[5];
    rules->title_needs = masks[6];
    return true;
}

static bool rules_of(arrays *held, PyObject *tables, glance_rules *rules) {
    PyObject *characters[3], *keywords[6];
    return PyArg_ParseTuple(tables, "OOOOOOOOO;rules", &characters[0], &characters[1],
                            &characters[2], &keywords[0], &keywords[1], &keywords[2], &keywords[3],
                            &keywords[4], &keywords[5]) &&
           (rules->normal = exactly(held, characters[0], 2, false, GLANCE_CHARACTERS)) != NULL &&
           (rules->traits = exactly(held, characters[1], 2, false, GLANCE_CHARACTERS)) != NULL &&
           (rules->classes = exactly(held, characters[2], 2, false, GLANCE_CHARACTERS)) != NULL &&
           keywords_of(held, keywords, rules);
}

static PyObject *glance_texts(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[5];
    if (!PyArg_ParseTuple(args, "OOOOO:glance", &at[0], &at[1], &at[2], &at[3], &at[4]))
        return NULL;
    arrays held = {.count = 0};
    glance_rules rules;
    const uint8_t *buffer = NULL;
    const int64_t *offsets = NULL;
    uint8_t *found = NULL;
    int64_t *titles = NULL;
    size_t bytes, count;
    const char *why = NULL;
    bool good = (buffer = array_of(&held, at[0], 1, false, &bytes)) != NULL &&
                (offsets = array_of(&held, at[1], 8, false, &count)) != NULL;
    if (good)
        why = count == 0 ? "offsets are empty" : check_sets(offsets, count, bytes);
    good = good && why == NULL && rules_of(&held, at[2], &rules) &&
           (found = exactly(&held, at[3], 1, true, 2 * (count - 1))) != NULL &&
           (titles = exactly(&held, at[4], 8, true, 2 * (count - 1))) != NULL;
    if (good) {
        Py_BEGIN_ALLOW_THREADS
        for (size_t i = 0; i + 1 < count; i++)
            glance(&rules, buffer + offsets[i], (size_t)(offsets[i + 1] - offsets[i]),
                   found + 2 * i, titles + 2 * i);
        Py_END_ALLOW_THREADS
    }
    release(&held);
    if (why != NULL)
        return refused(why);
    if (!good)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *hash_texts(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[3];
    if (!PyArg_ParseTuple(args, "OOO:hash", &at[0], &at[1], &at[2]))
        return NULL;
    arrays held = {.count = 0};
    const uint8_t *buffer = NULL;
    const int64_t *offsets = NULL;
    uint8_t *out = NULL;
    size_t bytes, count;
    const char *why = NULL;
    bool good = (buffer = array_of(&held, at[0], 1, false, &bytes)) != NULL &&
                (offsets = array_of(&held, at[1], 8, false, &count)) != NULL;
    if (good)
        why = count == 0 ? "offsets are empty" : check_sets(offsets, count, bytes);
    good = good && why == NULL && (out = exactly(&held, at[2], 1, true, 16 * (count - 1))) != NULL;
    if (good) {
        Py_BEGIN_ALLOW_THREADS
        for (size_t i = 0; i + 1 < count; i++)
            blake2b_16(buffer + offsets[i], (size_t)(offsets[i + 1] - offsets[i]), out + 16 * i);
        Py_END_ALLOW_THREADS
    }
    release(&held);
    if (why != NULL)
        return refused(why);
    if (!good)
        return NULL;
    Py_RETURN_NONE;
}

/* ---- the stages by themselves ---- */

static PyObject *fold_text(PyObject *Py_UNUSED(module), PyObject *text) {
    arrays held = {.count = 0};
    kept_text kept = {.points = NULL};
    folder f = {.run = NULL};
    size_t size;
    int failed = 0;
    PyObject *result = NULL;
    const uint8_t *memory = array_of(&held, text, 1, false, &size);
    if (memory != NULL) {
        Py_BEGIN_ALLOW_THREADS
        fold_begin(&f, &kept);
        failed = fold_feed(&f, memory, size) < 0 || fold_end(&f) < 0;
        Py_END_ALLOW_THREADS
        result = failed ? PyErr_NoMemory()
                        : PyBytes_FromStringAndSize((char *)kept.utf8, (Py_ssize_t)kept.bytes);
    }
    kept_free(&kept);
    folder_free(&f);
    release(&held);
    return result;
}

static PyObject *cut(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *text, *object, *result = NULL;
    const dictionary *dict;
    if (!PyArg_ParseTuple(args, "OO:cut", &text, &object) || !dictionary_or_none(object, &dict))
        return NULL;
    arrays held = {.count = 0};
    kept_text kept = {.points = NULL};
    tokens found = {.count = 0};
    size_t size;
    int failed = 0;
    const uint8_t *memory = array_of(&held, text, 1, false, &size);
    if (memory != NULL) {
        Py_BEGIN_ALLOW_THREADS
        failed = kept_decode(&kept, memory, size);
        if (!failed)
            failed = segment(&found, &kept, dict, true);
        Py_END_ALLOW_THREADS
        if (failed)
            refused(failed > 0 ? "kept text is not UTF-8" : NULL);
        else {
            result = memory_new(found.ends, found.count * sizeof *found.ends);
            found.ends = NULL;
        }
    }
    tokens_free(&found);
    kept_free(&kept);
    release(&held);
    return result;
}

static PyObject *name_instruction_set(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none)) {
    return PyUnicode_FromString(instruction_set());
}

static PyObject *choose_instruction_set(PyObject *Py_UNUSED(module), PyObject *args) {
    const char *name;
    if (!PyArg_ParseTuple(args, "s:use_instruction_set", &name))
        return NULL;
    return use_instruction_set(name) ? PyUnicode_FromString(instruction_set())
                                     : refused("this processor has no such instructions");
}

/* ---- sets ---- */

static const char *check_pairs(const int64_t *pairs, size_t count, size_t sets) {
    for (size_t i = 0; i < count; i++)
        if (pairs[i] < 0 || (uint64_t)pairs[i] >= sets)
            return "a pair names a set that does not exist";
    return NULL;
}

static PyObject *intersect_counts(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[4];
    if (!PyArg_ParseTuple(args, "OOOO:intersect_counts", &at[0], &at[1], &at[2], &at[3]))
        return NULL;
    arrays held = {.count = 0};
    const uint64_t *values = NULL;
    const int64_t *offsets = NULL, *pairs = NULL;
    int64_t *out = NULL;
    size_t value_count, offset_count, pair_items;
    bool good = (values = array_of(&held, at[0], 8, false, &value_count)) != NULL &&
                (offsets = array_of(&held, at[1], 8, false, &offset_count)) != NULL &&
                (pairs = array_of(&held, at[2], 8, false, &pair_items)) != NULL &&
                (out = exactly(&held, at[3], 8, true, pair_items / 2)) != NULL;
    const char *why = NULL;
    if (good) {
        Py_BEGIN_ALLOW_THREADS
        why = offset_count == 0 ? "offsets are empty"
                                : check_sets(offsets, offset_count, value_count);
        if (why == NULL)
            why = check_pairs(pairs, pair_items / 2 * 2, offset_count - 1);
        for (size_t i = 0; why == NULL && i < pair_items / 2; i++) {
            const int64_t *a = offsets + pairs[2 * i], *b = offsets + pairs[2 * i + 1];
            out[i] = (int64_t)intersect_count(values + a[0], (size_t)(a[1] - a[0]),
                                              values + b[0], (size_t)(b[1] - b[0]));
        }
        Py_END_ALLOW_THREADS
    }
    release(&held);
    if (!good)
        return NULL;
    if (why != NULL)
        return refused(why);
    Py_RETURN_NONE;
}

static const char *unique_each(uint64_t *values, int64_t *offsets, size_t count) {
    int64_t longest = 0, start = offsets[0], left = start;
    for (size_t i = 1; i < count; i++)
        if (offsets[i] - offsets[i - 1] > longest)
            longest = offsets[i] - offsets[i - 1];
    uint64_t *scratch = malloc(((size_t)longest + 1) * sizeof *scratch);
    if (scratch == NULL)
        return "";
    for (size_t i = 1; i < count; i++) {
        size_t size = (size_t)(offsets[i] - start);
        memmove(values + left, values + start, size * sizeof *values);
        start = offsets[i];
        left += (int64_t)sort_unique(values + left, size, scratch);
        offsets[i] = left;
    }
    free(scratch);
    return NULL;
}

static PyObject *unique_sorted(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[2];
    if (!PyArg_ParseTuple(args, "OO:unique_sorted", &at[0], &at[1]))
        return NULL;
    arrays held = {.count = 0};
    uint64_t *values = NULL;
    int64_t *offsets = NULL;
    size_t value_count, offset_count;
    bool good = (values = array_of(&held, at[0], 8, true, &value_count)) != NULL &&
                (offsets = array_of(&held, at[1], 8, true, &offset_count)) != NULL;
    const char *why = NULL;
    if (good) {
        Py_BEGIN_ALLOW_THREADS
        why = offset_count == 0 ? "offsets are empty"
                                : check_sets(offsets, offset_count, value_count);
        if (why == NULL)
            why = unique_each(values, offsets, offset_count);
        Py_END_ALLOW_THREADS
    }
    release(&held);
    if (!good)
        return NULL;
    if (why != NULL)
        return refused(why);
    Py_RETURN_NONE;
}

/* ---- module ---- */

static PyMethodDef functions[] = {
    {"sketch", sketch, METH_VARARGS,
     "sketch(texts, dictionary, permutations, ngram, results)\n--\n\n"
     "Fill the arrays of results and return the shingles."},
    {"compile_dictionary", compile_dictionary, METH_VARARGS,
     "compile_dictionary(words, weights, weight_of, unknown)\n--\n\n"
     "Return a compiled dictionary."},
    {"glance", glance_texts, METH_VARARGS,
     "glance(buffer, offsets, rules, found, titles)\n--\n\n"
     "Fill in what may be found at the head and tail of each text, and titles that are certain."},
    {"hash", hash_texts, METH_VARARGS,
     "hash(buffer, offsets, out)\n--\n\nFill in BLAKE2b of each text, 16 bytes each."},
    {"fold", fold_text, METH_O, "fold(text)\n--\n\nReturn the kept text of UTF-8, as UTF-8."},
    {"cut", cut, METH_VARARGS,
     "cut(kept, dictionary)\n--\n\nReturn where each token of kept text ends, as size_t."},
    {"instruction_set", name_instruction_set, METH_NOARGS,
     "instruction_set()\n--\n\nReturn what MinHash runs on: avx512, avx2 or plain."},
    {"use_instruction_set", choose_instruction_set, METH_VARARGS,
     "use_instruction_set(name)\n--\n\nUse other instructions, for tests; not while others run."},
    {"intersect_counts", intersect_counts, METH_VARARGS,
     "intersect_counts(values, offsets, pairs, out)\n--\n\n"
     "Count the values common to each pair of sorted sets."},
    {"unique_sorted", unique_sorted, METH_VARARGS,
     "unique_sorted(values, offsets)\n--\n\n"
     "Sort each part of values and drop its repeats, in place; offsets become the new ones."},
    {NULL, NULL, 0, NULL},
};

static int add_type(PyObject *module, PyType_Spec *spec, const char *name, PyTypeObject **type) {
    if (*type == NULL) {
        *type = (PyTypeObject *)PyType_FromSpec(spec);
        if (*type == NULL)
            return -1;
    }
    return PyModule_AddObjectRef(module, name, (PyObject *)*type);
}

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_kernel", "The native kernel.", -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernel(void) {
    instruction_set(); /* decided before threads run */
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL)
        return NULL;
    if (PyModule_AddStringConstant(module, "FOLD_TABLE", fold_table_hash()) < 0 ||
        add_type(module, &memory_spec, "Memory", &memory_type) < 0 ||
        add_type(module, &dictionary_spec, "Dictionary", &dictionary_type) < 0) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
