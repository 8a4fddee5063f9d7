#include "textures.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "textures.inc"

int tingle_texture_count(void) { return sizeof textures / sizeof textures[0]; }
struct tingle_texture tingle_texture(int index) { return textures[index]; }
