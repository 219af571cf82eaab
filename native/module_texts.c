/* Batches of texts: sketched, glanced at, hashed. */
#include "binding.h"

#include <stdlib.h>

/* ---- sketch ---- */

/* Spans must be sorted and within their text. */
static bool good_spans(const text_batch *in) {
    for (size_t i = 0; i < in->count; i++) {
        int64_t position = 0, size = in->offsets[i + 1] - in->offsets[i];
        for (int64_t s = in->span_offsets[i]; s < in->span_offsets[i + 1]; s++) {
            int64_t start = in->spans[2 * s], end = in->spans[2 * s + 1];
            if (start < position || end < start || end > size)
                return false;
            position = end;
        }
    }
    return true;
}

static bool texts_of(arrays *held, PyObject *object, text_batch *in) {
    PyObject *buffer, *offsets, *spans, *span_offsets;
    ragged texts, of_text;
    if (!PyArg_ParseTuple(object, "OOOO;texts", &buffer, &offsets, &spans, &span_offsets) ||
        !ragged_of(held, buffer, offsets, 1, false, &texts) ||
        !ragged_of(held, spans, span_offsets, 8, false, &of_text))
        return false;
    *in = (text_batch){texts.values, texts.offsets, of_text.values, of_text.offsets, texts.count};
    if (of_text.count != texts.count)
        refused("span offsets have not as many items as offsets");
    else if ((uint64_t)of_text.offsets[of_text.count] > of_text.length / 2)
        refused("offsets lead out of the array");
    else if (!good_spans(in))
        refused("spans are not sorted, or not within their text");
    else
        return true;
    return false;
}

static bool results_of(arrays *held, PyObject *results, size_t n, size_t num_perm,
                       sketch_batch *out) {
    PyObject *at[9];
    if (!PyArg_ParseTuple(results, "OOOOOOOOO;results", &at[0], &at[1], &at[2], &at[3], &at[4],
                          &at[5], &at[6], &at[7], &at[8]))
        return false;
    return (out->shingle_offsets = exactly(held, at[0], 8, true, n + 1)) != NULL &&
           (out->signatures = exactly(held, at[1], 4, true, n * num_perm)) != NULL &&
           (out->compared_hash = exactly(held, at[2], 1, true, 16 * n)) != NULL &&
           (out->whole_hash = exactly(held, at[3], 1, true, 16 * n)) != NULL &&
           (out->kept = exactly(held, at[4], 8, true, n)) != NULL &&
           (out->whole_kept = exactly(held, at[5], 8, true, n)) != NULL &&
           (out->tokens = exactly(held, at[6], 8, true, n)) != NULL &&
           (out->set_aside = exactly(held, at[7], 1, true, n)) != NULL &&
           (out->passage_offsets = exactly(held, at[8], 8, true, n + 1)) != NULL;
}

static bool settings_of(arrays *held, PyObject *perms, PyObject *dict, const Py_ssize_t sizes[3],
                        sketch_settings *settings) {
    PyObject *factors, *terms;
    if (!dictionary_or_none(dict, &settings->dict) ||
        !PyArg_ParseTuple(perms, "OO;permutations", &factors, &terms))
        return false;
    if (sizes[0] < 1 || sizes[1] < 1 || sizes[2] < 0) {
        refused("ngram and run must be at least 1, window at least 0");
        return false;
    }
    settings->ngram = (size_t)sizes[0];
    settings->run = (size_t)sizes[1];
    settings->window = (size_t)sizes[2];
    return (settings->factors = array_of(held, factors, 4, false, &settings->num_perm)) != NULL &&
           (settings->terms = exactly(held, terms, 4, false, settings->num_perm)) != NULL;
}

/* A pair of two new objects, of which either may have failed. */
static PyObject *both(PyObject *first, PyObject *second) {
    PyObject *pair = first != NULL && second != NULL ? PyTuple_Pack(2, first, second) : NULL;
    Py_XDECREF(first);
    Py_XDECREF(second);
    return pair;
}

PyObject *sketch(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *texts, *results, *dict, *perms;
    Py_ssize_t sizes[3];
    if (!PyArg_ParseTuple(args, "OOO(nnn)O:sketch", &texts, &dict, &perms, &sizes[0], &sizes[1],
                          &sizes[2], &results))
        return NULL;
    arrays held = {.count = 0};
    text_batch in;
    sketch_batch out = {.shingles = NULL, .passages = NULL};
    sketch_settings settings;
    int failed = 0;
    bool good = texts_of(&held, texts, &in) && settings_of(&held, perms, dict, sizes, &settings) &&
                results_of(&held, results, in.count, settings.num_perm, &out);
    size_t size = 0, passages = 0;
    if (good) {
        Py_BEGIN_ALLOW_THREADS
        failed = sketch_texts(&in, &settings, &out);
        Py_END_ALLOW_THREADS
        size = (size_t)out.shingle_offsets[failed ? 0 : in.count] * sizeof(uint64_t);
        passages = (size_t)out.passage_offsets[failed ? 0 : in.count] * sizeof(uint32_t);
    }
    release(&held);
    if (good && !failed)
        return both(memory_new(out.shingles, size), memory_new(out.passages, passages));
    free(out.shingles);
    free(out.passages);
    return good ? PyErr_NoMemory() : NULL;
}

/* ---- glance ---- */

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
        (masks = exactly(held, at[5], 4, false, 10)) == NULL)
        return false;
    rules->head = masks[0], rules->tail = masks[1];
    rules->fields = masks[2], rules->lead = masks[3];
    rules->item = masks[4], rules->dated = masks[5];
    rules->numbered = masks[6], rules->heading = masks[7];
    rules->title_needs = masks[8], rules->notice = masks[9];
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

PyObject *glance_texts(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[6];
    if (!PyArg_ParseTuple(args, "OOOOOO:glance", &at[0], &at[1], &at[2], &at[3], &at[4], &at[5]))
        return NULL;
    arrays held = {.count = 0};
    ragged texts;
    glance_rules rules;
    uint8_t *found = NULL;
    int64_t *titles = NULL;
    uint32_t *alone = NULL;
    bool good = ragged_of(&held, at[0], at[1], 1, false, &texts) &&
                rules_of(&held, at[2], &rules) &&
                (found = exactly(&held, at[3], 1, true, 2 * texts.count)) != NULL &&
                (titles = exactly(&held, at[4], 8, true, 2 * texts.count)) != NULL &&
                (alone = exactly(&held, at[5], 4, true, 2 * texts.count)) != NULL;
    if (good) {
        const uint8_t *buffer = texts.values;
        const int64_t *offsets = texts.offsets;
        Py_BEGIN_ALLOW_THREADS
        for (size_t i = 0; i < texts.count; i++)
            glance(&rules, buffer + offsets[i], (size_t)(offsets[i + 1] - offsets[i]),
                   found + 2 * i, titles + 2 * i, alone + 2 * i);
        Py_END_ALLOW_THREADS
    }
    return finished(&held, good);
}

/* ---- hash ---- */

PyObject *hash_texts(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[3];
    if (!PyArg_ParseTuple(args, "OOO:hash", &at[0], &at[1], &at[2]))
        return NULL;
    arrays held = {.count = 0};
    ragged texts;
    uint8_t *out = NULL;
    bool failed = false;
    bool good = ragged_of(&held, at[0], at[1], 1, false, &texts) &&
                (out = exactly(&held, at[2], 1, true, 16 * texts.count)) != NULL;
    if (good) {
        const uint8_t *buffer = texts.values;
        const int64_t *offsets = texts.offsets;
        Py_BEGIN_ALLOW_THREADS
        hash_job *jobs = malloc((texts.count + 1) * sizeof *jobs);
        for (size_t i = 0; i < texts.count && jobs != NULL; i++)
            jobs[i] = (hash_job){buffer + offsets[i], (size_t)(offsets[i + 1] - offsets[i]),
                                 out + 16 * i};
        if (jobs != NULL)
            blake2b_16_many(jobs, texts.count);
        free(jobs);
        failed = jobs == NULL;
        Py_END_ALLOW_THREADS
    }
    if (failed) {
        release(&held);
        return PyErr_NoMemory();
    }
    return finished(&held, good);
}
