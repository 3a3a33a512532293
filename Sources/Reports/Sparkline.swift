/// A row of bars, one a value, scaled to the largest.
enum Sparkline {
    private static let bars = Array("▁▂▃▄▅▆▇█")

    /// Nothing is a space, and something is never nothing.
    static func draw(_ values: [Int]) -> String {
        guard let largest = values.max(), largest > 0 else { return String(repeating: " ", count: values.count) }
        return String(
            values.map { value in
                value == 0 ? " " : bars[min(bars.count - 1, (value * bars.count - 1) / largest)]
            })
    }

    /// Sums of `size` neighbours.
    static func grouped(_ values: [Int], by size: Int) -> [Int] {
        stride(from: 0, to: values.count, by: max(1, size)).map { start in
            values[start..<min(values.count, start + max(1, size))].reduce(0, +)
        }
    }
}
