#ifndef PABAL_CZONEDATA_H
#define PABAL_CZONEDATA_H

#include <stddef.h>

/// The first byte of the embedded time-zone data; `generate.py` documents its layout. The bytes live as long as the
/// process and never change.
const unsigned char *pabal_zone_data(void);

/// How many bytes there are.
size_t pabal_zone_data_size(void);

#endif
