#ifndef TINGLE_LEXICON_H
#define TINGLE_LEXICON_H
#include <stddef.h>

/// Words and how they are said, from CMUdict: see make-lexicon.py for the form.
const unsigned char *tingle_lexicon(void);
/// What letters sound like, learned from the same.
const unsigned char *tingle_letters(void);

#endif
