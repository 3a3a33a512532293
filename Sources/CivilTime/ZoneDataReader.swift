/// Reads the numbers, texts and zone bodies of the built-in data; nil where the bytes end too early or make no sense.
struct ZoneDataReader {
    private let bytes: [UInt8]
    private var position: Int

    init(_ bytes: [UInt8], at position: Int) {
        self.bytes = bytes
        self.position = position
    }

    /// Little-endian; at most 8 bytes, and at most 7 that use the highest bit.
    mutating func unsigned(bytes count: Int) -> Int? {
        bits(bytes: count).flatMap { Int(exactly: $0) }
    }

    /// A length and as many bytes of ASCII.
    mutating func text() -> String? {
        guard let length = unsigned(bytes: 1), length <= bytes.count - position else { return nil }
        defer { position += length }
        return String(validating: bytes[position..<(position + length)], as: Unicode.ASCII.self)
    }

    mutating func zone(named name: String) -> ZoneTable? {
        guard let offsetCount = unsigned(bytes: 1) else { return nil }
        var offsets: [Int64] = []
        for _ in 0..<offsetCount {
            guard let offset = offset() else { return nil }
            offsets.append(offset)
        }
        guard let first = offsets.first, let transitions = transitions(offsets),
            let ruleCount = unsigned(bytes: 1)
        else { return nil }
        if ruleCount == 0 {
            return ZoneTable(name: name, firstOffset: first, transitions: transitions, rule: nil)
        }
        guard ruleCount == 1, let rule = rule() else { return nil }
        return ZoneTable(name: name, firstOffset: first, transitions: transitions, rule: rule)
    }

    private mutating func transitions(_ offsets: [Int64]) -> [ZoneTransition]? {
        guard let count = unsigned(bytes: 2) else { return nil }
        var times: [Int64] = []
        for _ in 0..<count {
            // Within the calendar, and ascending.
            guard let time = bits(bytes: 8).map(Int64.init(bitPattern:)), time > times.last ?? .min,
                (WallClock.first / 1000...WallClock.last / 1000).contains(time)
            else { return nil }
            times.append(time)
        }
        var transitions: [ZoneTransition] = []
        for time in times {
            guard let index = unsigned(bytes: 1), index < offsets.count else { return nil }
            transitions.append(ZoneTransition(seconds: time, offset: offsets[index]))
        }
        return transitions
    }

    private mutating func rule() -> YearlyRule? {
        guard let standard = offset(), let daylight = offset(), let start = change(), let end = change() else {
            return nil
        }
        return YearlyRule(standardOffset: standard, daylightOffset: daylight, start: start, end: end)
    }

    private mutating func change() -> YearlyRule.Change? {
        guard let month = unsigned(bytes: 1), (1...12).contains(month),
            let week = unsigned(bytes: 1), (1...5).contains(week),
            let weekday = unsigned(bytes: 1), (0...6).contains(weekday),
            let seconds = signed32(), abs(seconds) <= 7 * WallClock.secondsPerDay
        else { return nil }
        return YearlyRule.Change(month: month, week: week, weekday: weekday, seconds: seconds)
    }

    /// Less than 26 hours to either side, as in TZif.
    private mutating func offset() -> Int64? {
        signed32().flatMap { abs($0) < 26 * 3600 ? $0 : nil }
    }

    private mutating func signed32() -> Int64? {
        bits(bytes: 4).map { Int64(Int32(truncatingIfNeeded: $0)) }
    }

    private mutating func bits(bytes count: Int) -> UInt64? {
        guard position >= 0, count <= bytes.count - position else { return nil }
        var value: UInt64 = 0
        for index in 0..<count {
            value |= UInt64(bytes[position + index]) << UInt64(8 * index)
        }
        position += count
        return value
    }
}
