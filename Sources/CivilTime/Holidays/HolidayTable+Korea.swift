extension HolidayTable {
    /// South Korea: the Public Holidays Act and the decree on holidays of public offices (공휴일에 관한 법률, 관공서의
    /// 공휴일에 관한 규정) as in force in November 2026; Sundays are left out.
    ///
    /// - Lunar days (Seollal, Buddha's birthday, Chuseok, with the days around the first and the last) are those of the
    ///   Korea Astronomy and Space Science Institute, which publishes them far beyond 2030.
    /// - Substitute holidays follow the rules of each year: Seollal, Chuseok and Children's Day from the beginning; the
    ///   national days from 2021-08-15; Buddha's birthday and Christmas from 2023; Constitution Day and Labor Day, public
    ///   holidays since 2026, from then.
    /// - Elections at the end of a term are holidays by law, and the Public Official Election Act (article 34) gives their
    ///   days up to 2030. By-elections and days off declared by the government are there up to 2026: later ones cannot be
    ///   known.
    static let korea = HolidayTable(
        2020...2030,
        [
            2020: [101, 124, 125, 126, 127, 301, 415, 430, 505, 606, 815, 817, 930, 1001, 1002, 1003, 1009, 1225],
            2021: [101, 211, 212, 213, 301, 505, 519, 606, 815, 816, 920, 921, 922, 1003, 1004, 1009, 1011, 1225],
            2022: [101, 131, 201, 202, 301, 309, 505, 508, 601, 606, 815, 909, 910, 911, 912, 1003, 1009, 1010, 1225],
            2023: [101, 121, 122, 123, 124, 301, 505, 527, 529, 606, 815, 928, 929, 930, 1002, 1003, 1009, 1225],
            2024: [101, 209, 210, 211, 212, 301, 410, 505, 506, 515, 606, 815, 916, 917, 918, 1001, 1003, 1009, 1225],
            2025: [
                101, 127, 128, 129, 130, 301, 303, 505, 506, 603, 606, 815, 1003, 1005, 1006, 1007, 1008, 1009, 1225,
            ],
            2026: [
                101, 216, 217, 218, 301, 302, 501, 505, 524, 525, 603, 606, 717, 815, 817, 924, 925, 926, 1003, 1005,
                1009, 1225,
            ],
            2027: [
                101, 206, 207, 208, 209, 301, 501, 503, 505, 513, 606, 717, 719, 815, 816, 914, 915, 916, 1003, 1004,
                1009, 1011, 1225, 1227,
            ],
            2028: [101, 126, 127, 128, 301, 412, 501, 502, 505, 606, 717, 815, 1002, 1003, 1004, 1005, 1009, 1225],
            2029: [
                101, 212, 213, 214, 301, 501, 505, 507, 520, 521, 606, 717, 815, 921, 922, 923, 924, 1003, 1009,
                1225,
            ],
            2030: [
                101, 202, 203, 204, 205, 301, 327, 501, 505, 506, 509, 606, 612, 717, 815, 911, 912, 913, 1003, 1009,
                1225,
            ],
        ])
}
