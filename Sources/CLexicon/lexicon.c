#include "lexicon.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char lexicon[] __attribute__((aligned(4))) = {
#embed "lexicon.bin"
};
static const unsigned char letters[] __attribute__((aligned(4))) = {
#embed "letters.bin"
};

const unsigned char *tingle_lexicon(void) { return lexicon; }
const unsigned char *tingle_letters(void) { return letters; }
