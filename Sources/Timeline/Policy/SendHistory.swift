/// The marketing messages that one customer got, as far as they count towards caps; reserved and uncertain ones count.
package struct SendHistory: Sendable {
    package struct Send: Hashable, Sendable {
        /// Milliseconds since 1970-01-01T00:00:00Z.
        package let instant: Int64
        /// A number of `FrequencyCaps`; -1: not known, which counts only where all channels do.
        package let channel: Int
        /// An index into the plan's campaigns; -1: none of them.
        package let campaign: Int

        package init(instant: Int64, channel: Int, campaign: Int) {
            self.instant = instant
            self.channel = channel
            self.campaign = campaign
        }
    }

    /// Ascending by instant.
    package private(set) var sends: [Send] = []

    package init() {}

    package mutating func removeAll() { sends.removeAll(keepingCapacity: true) }

    /// Fastest in the order of instants.
    package mutating func record(_ send: Send) {
        var place = sends.count
        while place > 0, sends[place - 1].instant > send.instant { place -= 1 }
        sends.insert(send, at: place)
    }

    /// Whether at least `count` messages lie in `(start, end]`, of one channel or of all.
    func hasSent(_ count: Int, since start: Int64, until end: Int64, _ channel: Int?) -> Bool {
        var found = 0
        for send in sends.reversed() where send.instant <= end {
            if send.instant <= start { break }
            if channel == nil || channel == send.channel { found += 1 }
            if found >= count { return true }
        }
        return found >= count
    }
}
