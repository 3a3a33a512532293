/// The instants `from ≤ t < to`, in milliseconds since 1970-01-01T00:00:00Z.
package struct Interval: Hashable, Sendable, BitwiseCopyable {
    /// `Int64.min`: since ever.
    package var from: Int64
    /// `Int64.max`: for ever.
    package var to: Int64

    package init(from: Int64, to: Int64) {
        self.from = from
        self.to = to
    }

    package static let always = Interval(from: .min, to: .max)
}
