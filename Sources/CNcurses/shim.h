#define NCURSES_WIDECHAR 1
#include <ncurses.h>

// Variables, read where Swift may read them.
static inline WINDOW *ncurses_screen(void) { return stdscr; }
static inline int ncurses_colours(void) { return COLORS; }
