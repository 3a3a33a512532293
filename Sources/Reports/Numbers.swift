/// Whole numbers as people read them.
enum Numbers {
    /// `12,345`.
    static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var groups: [Substring] = []
        var rest = digits[...]
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        groups.insert(rest, at: 0)
        return (value < 0 ? "-" : "") + groups.joined(separator: ",")
    }

    /// `1 time`, `12,345 times`.
    static func counted(_ value: Int, _ noun: String) -> String { "\(grouped(value)) \(noun)\(value == 1 ? "" : "s")" }

    /// `12.3%`, rounded half up in integers; `–` of nothing.
    static func percentage(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "–" }
        let tenths = (part * 2000 + whole) / (whole * 2)
        return "\(tenths / 10).\(tenths % 10)%"
    }

    /// `1,234.50` of ten-thousandths.
    static func money(_ tenThousandths: Int64, _ currency: String?) -> String {
        let hundredths = Int((tenThousandths + 50) / 100)
        let fraction = String(hundredths % 100 + 100).dropFirst()
        return "\(grouped(hundredths / 100)).\(fraction)" + (currency.map { " \($0)" } ?? "")
    }
}
