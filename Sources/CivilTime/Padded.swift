/// Numbers with leading zeros.
enum Padded {
    /// `text(7, 2)` is `07`; the value is not negative.
    static func text(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
