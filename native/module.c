/* The binding: module*.c check what comes from Python, release the lock, and call the kernel.
 * Arrays come and go through the buffer protocol, so that building it needs no numpy. */
#include "binding.h"

static PyMethodDef functions[] = {
    {"sketch", sketch, METH_VARARGS,
     "sketch(texts, dictionary, permutations, sizes, results)\n--\n\n"
     "Fill the arrays of results and return shingles and passages; sizes: ngram, run, window."},
    {"compile_dictionary", compile_dictionary, METH_VARARGS,
     "compile_dictionary(words, weights, weight_of, unknown, classes)\n--\n\n"
     "Return a compiled dictionary."},
    {"glance", glance_texts, METH_VARARGS,
     "glance(buffer, offsets, rules, found, titles)\n--\n\n"
     "Fill in what may be found at the head and tail of each text, and titles that are certain."},
    {"glance_at_markup", glance_at_markup, METH_VARARGS,
     "glance_at_markup(buffer, offsets, found)\n--\n\n"
     "Fill in what markup each text may have."},
    {"has_characters", find_characters, METH_VARARGS,
     "has_characters(buffer, offsets, wanted, most, found)\n--\n\n"
     "Fill in whether the first characters of each text hold one of those wanted, a bit each."},
    {"byte_positions", count_bytes, METH_VARARGS,
     "byte_positions(buffer, offsets, positions, position_offsets)\n--\n\n"
     "Turn positions in code points into bytes, in place; those of a text do not fall."},
    {"pieces", pieces_of_texts, METH_VARARGS,
     "pieces(buffer, offsets, listed, counts)\n--\n\n"
     "Return pieces, and how many each text has: those listed, or all where none are; int64, "
     "three a piece."},
    {"hash", hash_texts, METH_VARARGS,
     "hash(buffer, offsets, out)\n--\n\nFill in BLAKE2b of each text, 16 bytes each."},
    {"fold", fold_text, METH_O, "fold(text)\n--\n\nReturn the kept text of UTF-8, as UTF-8."},
    {"cut", cut, METH_VARARGS,
     "cut(kept, dictionary)\n--\n\nReturn where each token of kept text ends, as size_t."},
    {"numbers", number_words, METH_VARARGS,
     "numbers(kept, dictionary, vocabulary, first)\n--\n\n"
     "Return the tokens of a vocabulary from the first on, and the numbers of those of kept text, "
     "uint32."},
    {"align", align, METH_VARARGS,
     "align(a, b)\n--\n\nReturn the matches of two sequences of tokens, three uint32 each."},
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

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_kernel", "The native kernel.", -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernel(void) {
    instruction_set(); /* decided before threads run */
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL)
        return NULL;
    if (PyModule_AddStringConstant(module, "FOLD_TABLE", fold_table_hash()) < 0 ||
        add_types(module) < 0 || add_vocabulary(module) < 0) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
