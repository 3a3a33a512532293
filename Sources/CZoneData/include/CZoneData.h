extern const unsigned char pabal_zone_data[1];
