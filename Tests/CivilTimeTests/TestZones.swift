import CivilTime
import Testing

/// A zone that the built-in data must have.
func zone(_ name: String) throws -> TimeZoneRules {
    try #require(TimeZoneRules.named(name), "no zone \(name)")
}

/// A date that the test writes as text.
func date(_ text: String) throws -> CivilDate {
    try #require(CivilDate(parsing: text), "not a date: \(text)")
}

/// What the text says, by the zone's clock when it has no offset.
func instant(_ text: String, _ zone: TimeZoneRules = .utc) throws -> Instant {
    try #require(InstantText(parsing: text), "not an instant: \(text)").instant(in: zone)
}

/// Numbers that look random and come again with the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Two seeds of every run and one of this run; a failure names its seed, which can be added here.
let seeds: [UInt64] = [1, 2, .random(in: 0...(.max))]
