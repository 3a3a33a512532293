/// `0.5%` is 5,000; nil for anything but a percentage from 0% to 100% with at most four decimals.
package func partsPerMillion(_ text: String) -> Int? {
    guard text.hasSuffix("%") else { return nil }
    guard let scaled = scaledInteger(String(text.dropLast()), scale: 4), (0...1_000_000).contains(scaled) else {
        return nil
    }
    return Int(scaled)
}

/// A plain decimal such as `-12.50` as value × 10^scale; nil where it is malformed, has more decimals, or is too large.
package func scaledInteger(_ text: String, scale: Int) -> Int64? {
    if scale >= 0, let value = fewDigits(text, scale: scale) { return value }
    var digits = Substring(text)
    let isNegative = digits.hasPrefix("-")
    if isNegative { digits = digits.dropFirst() }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty else { return nil }
    var fraction = parts.count > 1 ? parts[1] : ""
    if parts.count > 1 && fraction.isEmpty { return nil }
    while fraction.count > scale, fraction.hasSuffix("0") { fraction = fraction.dropLast() }
    guard fraction.count <= scale, (whole + fraction).utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
    }
    let padded = String(whole) + fraction + String(repeating: "0", count: scale - fraction.count)
    return Int64(isNegative ? "-" + padded : padded)
}

/// The same for a whole number of few digits, as almost all are; nil for others, which need a closer look.
private func fewDigits(_ text: String, scale: Int) -> Int64? {
    guard (1...6).contains(text.utf8.count), scale <= 9 else { return nil }
    var value: Int64 = 0
    for byte in text.utf8 {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - 0x30)
    }
    for _ in 0..<scale { value *= 10 }
    return value
}
