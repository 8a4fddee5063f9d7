#ifndef TINGLE_TEXTURES_H
#define TINGLE_TEXTURES_H
#include <stddef.h>

/// A texture file that is part of the program.
struct tingle_texture {
  /// The name that presets use.
  const char *name;
  /// The text of the file, without a terminating zero.
  const unsigned char *text;
  /// The number of bytes of the text.
  size_t size;
};

/// The number of textures.
int tingle_texture_count(void);
/// The texture at an index from 0.
struct tingle_texture tingle_texture(int index);

#endif
