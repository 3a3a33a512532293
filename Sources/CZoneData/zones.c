#include "CZoneData.h"

// #embed is C23; clang knows it in every mode, and says so under -Wpedantic.
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

static const unsigned char zones[] = {
#embed "zones.bin"
};

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

const unsigned char *pabal_zone_data(void) { return zones; }

size_t pabal_zone_data_size(void) { return sizeof zones; }
