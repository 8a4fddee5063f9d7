#include "floating_point.h"
