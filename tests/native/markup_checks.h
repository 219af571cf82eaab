/* What holds of markup and byte positions in any text. */
#ifndef MARKUP_CHECKS_H
#define MARKUP_CHECKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool markup_is_sound(const uint8_t *text, size_t size);

#endif
