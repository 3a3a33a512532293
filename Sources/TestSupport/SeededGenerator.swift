import Foundation

/// Random numbers that are the same for the same seed, on every platform (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The seed of a test that draws random cases: `PABAL_TEST_SEED` (decimal, or hexadecimal after `0x`), or a fixed
/// default. Prints it, so that a failing run can be repeated.
package func testSeed(_ name: String) -> UInt64 {
    let wanted = ProcessInfo.processInfo.environment["PABAL_TEST_SEED"]
    let seed = wanted.flatMap(parseSeed) ?? 20_260_101
    print("seed of \(name): \(seed)\(wanted == nil ? "" : " (PABAL_TEST_SEED)")")
    return seed
}

private func parseSeed(_ text: String) -> UInt64? {
    text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
}
