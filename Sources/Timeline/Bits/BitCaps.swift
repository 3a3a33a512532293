/// The frequency caps of a plan while one customer's messages are served in the order of time, in one thread's raw memory.
///
/// A cap remembers the last messages that it counted, as many as it allows: while it remembers so many, it lets nothing out
/// before the earliest of them has left its window. What is asked is therefore one instant for each channel: from when on
/// it is open again.
struct BitCaps {
    let channelCount: Int
    /// Caps of all channels, then those of one channel after the other.
    private let caps: UnsafeMutablePointer<Cap>
    private let capCount: Int
    /// By channel of `FrequencyCaps`, behind the first for all channels together.
    private let scopes: UnsafeMutablePointer<Scope>

    private struct Cap {
        let atMost: Int
        let per: Int64
        /// The instants of the last messages, as a ring.
        let ring: UnsafeMutablePointer<Int64>
        var count = 0
        var first = 0

        /// Counts a message; returns from when on there is room for another.
        @inline(__always)
        mutating func record(_ instant: Int64) -> Int64 {
            if atMost <= 0 { return .max }
            if count < atMost {
                ring[count] = instant
                count &+= 1
                return count < atMost ? .min : saturatingSum(ring[0], per)
            }
            ring[first] = instant
            first = first &+ 1 == atMost ? 0 : first &+ 1
            return saturatingSum(ring[first], per)
        }
    }

    /// The caps that count the same messages.
    private struct Scope {
        var first = 0
        var end = 0
        /// Lets nothing out before; what it is without any message.
        var release = Int64.min
        var atFirst = Int64.min
    }

    init(_ caps: FrequencyCaps, _ arena: RawArena) {
        let known = caps.counting
        channelCount = caps.channelCount
        capCount = known.count
        var ordered: [Cap] = []
        var scopes: [Scope] = []
        for channel in [nil] + (0..<caps.channelCount).map({ Optional($0) }) {
            let own = known.filter { $0.channel == channel }
            let isShut = own.contains { $0.atMost <= 0 }
            scopes.append(
                Scope(
                    first: ordered.count, end: ordered.count + own.count, atFirst: isShut ? .max : .min))
            ordered += own.map { Cap(atMost: $0.atMost, per: $0.per, ring: arena.make($0.atMost, of: 0)) }
        }
        self.caps = UnsafeMutablePointer(mutating: arena.copy(ordered))
        self.scopes = UnsafeMutablePointer(mutating: arena.copy(scopes))
    }

    /// Forgets all messages.
    @inline(__always)
    func reset() {
        for index in 0..<capCount {
            caps[index].count = 0
            caps[index].first = 0
        }
        for index in 0...channelCount { scopes[index].release = scopes[index].atFirst }
    }

    /// No message goes out before, on any channel.
    @inline(__always) var release: Int64 { scopes[0].release }

    /// No message goes out on the channel before, nor before `release`.
    @inline(__always) func release(_ channel: Int32) -> Int64 { scopes[Int(channel) &+ 1].release }

    /// No message goes out before on whichever channel opens first.
    var opening: Int64 {
        if channelCount == 0 { return release }
        var earliest = Int64.max
        for channel in 1...channelCount { earliest = min(earliest, scopes[channel].release) }
        return max(release, earliest)
    }

    /// Counts a message; instants ascend.
    @inline(__always)
    func record(_ channel: Int32, at instant: Int64) {
        record(scopes, instant)
        record(scopes + (Int(channel) &+ 1), instant)
    }

    @inline(__always)
    private func record(_ scope: UnsafeMutablePointer<Scope>, _ instant: Int64) {
        // Without caps nothing changes.
        if scope.pointee.first == scope.pointee.end { return }
        var release = scope.pointee.atFirst
        for index in scope.pointee.first..<scope.pointee.end {
            release = max(release, caps[index].record(instant))
        }
        scope.pointee.release = release
    }
}
