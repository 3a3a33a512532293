/// The frequency caps of a plan while one customer's messages are served in the order of time, in one thread's raw memory.
///
/// A cap remembers the last messages that it counted, as many as it allows: while it remembers so many, it lets nothing out
/// before the earliest of them has left its window. What is asked is therefore one instant for each channel: from when on
/// it is open again.
struct BitCaps {
    let capCount: Int
    let channelCount: Int
    private let caps: UnsafeMutablePointer<Cap>
    /// By channel of `FrequencyCaps`: no message goes out before.
    let releases: UnsafeMutablePointer<Int64>

    private struct Cap {
        /// -1: all channels.
        let channel: Int
        let atMost: Int
        let per: Int64
        /// The instants of the last messages, as a ring.
        let ring: UnsafeMutablePointer<Int64>
        var count = 0
        var first = 0

        /// From when on there is room.
        var release: Int64 {
            if atMost <= 0 { return .max }
            return count < atMost ? .min : saturatingSum(ring[first], per)
        }
    }

    init(_ caps: FrequencyCaps, _ arena: RawArena) {
        let known = caps.counting
        capCount = known.count
        channelCount = caps.channelCount
        self.caps = UnsafeMutablePointer(
            mutating: arena.copy(
                known.map { cap in
                    Cap(
                        channel: cap.channel ?? -1, atMost: cap.atMost, per: cap.per,
                        ring: arena.make(cap.atMost, of: 0))
                }))
        releases = arena.make(caps.channelCount, of: .min)
    }

    /// Forgets all messages.
    func reset() {
        for index in 0..<capCount {
            caps[index].count = 0
            caps[index].first = 0
        }
        _ = findReleases()
    }

    /// Counts a message; instants ascend. Returns from when on anything is let out.
    func record(channel: Int, at instant: Int64) -> Int64 {
        for index in 0..<capCount where caps[index].channel < 0 || caps[index].channel == channel {
            let cap = caps + index
            if cap.pointee.atMost <= 0 { continue }
            if cap.pointee.count < cap.pointee.atMost {
                cap.pointee.ring[cap.pointee.count] = instant
                cap.pointee.count += 1
            } else {
                cap.pointee.ring[cap.pointee.first] = instant
                cap.pointee.first = cap.pointee.first + 1 == cap.pointee.atMost ? 0 : cap.pointee.first + 1
            }
        }
        return findReleases()
    }

    private func findReleases() -> Int64 {
        var open = channelCount == 0 ? Int64.min : .max
        for channel in 0..<channelCount {
            var release = Int64.min
            for index in 0..<capCount where caps[index].channel < 0 || caps[index].channel == channel {
                release = max(release, caps[index].release)
            }
            releases[channel] = release
            open = min(open, release)
        }
        return open
    }
}
