#ifndef TINGLE_LEXICON_H
#define TINGLE_LEXICON_H
#include <stddef.h>

/// The pronunciation lexicon made from CMUdict; make-lexicon.py describes the format.
const unsigned char *tingle_lexicon(void);
/// The letter-to-sound model trained on CMUdict; make-lexicon.py describes the format.
const unsigned char *tingle_letters(void);

#endif
