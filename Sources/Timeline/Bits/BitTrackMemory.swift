/// A `BitTrack` in raw memory.
struct BitTrackMemory {
    private let clock: InstantIndex
    private let firstBits: UnsafePointer<Int32>?

    init(_ track: BitTrack, _ arena: RawArena) {
        clock = InstantIndex(track.clock, arena)
        firstBits = track.firstBits.isEmpty ? nil : arena.copy(track.firstBits)
    }

    /// The first bit for somebody who exists from an instant on.
    @inline(__always) func firstBit(_ existsFrom: Int64) -> Int {
        let place = clock.countBefore(existsFrom)
        return firstBits.map { Int($0[place]) } ?? place
    }
}
