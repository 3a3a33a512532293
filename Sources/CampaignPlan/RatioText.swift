/// Ratios as text.
package enum RatioText {
    /// `33.5%` of parts per million, which are not negative; no more decimals than it takes.
    package static func percentage(partsPerMillion: Int) -> String {
        var fraction = String(partsPerMillion % 10_000 + 10_000).dropFirst()
        while fraction.hasSuffix("0") { fraction = fraction.dropLast() }
        return "\(partsPerMillion / 10_000)\(fraction.isEmpty ? "" : ".\(fraction)")%"
    }
}
