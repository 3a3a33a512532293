/// The right of one runner to attempt a message, until an instant: a runner that comes after it takes it back at once,
/// the same one when it has run out.
package struct Lease: Hashable, Sendable {
    package var epoch: Int64
    /// Milliseconds since 1970.
    package var until: Int64

    package init(epoch: Int64, until: Int64) {
        self.epoch = epoch
        self.until = until
    }

    /// How long a runner may take from the decision to the first byte; decisions older than this are made again.
    package static let length: Int64 = 60_000

    /// False too where the clock was set back since: the decision was made for another time.
    package func isHeld(by runner: Int64, at now: Int64) -> Bool {
        epoch == runner && now < until && now >= until - Self.length
    }
}
