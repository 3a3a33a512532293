/// For each of the 128 instants of a panel, how many masks had its bit: carry-save, so that adding a mask costs one step
/// on average, however many bits it has.
///
/// Eight masks wait side by side before they are folded into three sums, which count 1, 2 and 4: a processor guesses
/// wrong once in eight masks, not once in two. What is carried out of the sums goes up in levels: level `l` has a sum and,
/// where bit `l` of the number of folds is set, one mask that waits for the next: each counts `8 · 2^l`. Two that wait and
/// the sum make a new sum and a mask that waits a level up.
struct BitCounter {
    /// How many were added; after `settle` rounded up to whole folds.
    private(set) var masks: Int32 = 0
    /// Those that wait. They lie side by side for all counters, apart from what is touched once in eight masks, so that
    /// few pages of memory are in use at a time.
    private let waiting: UnsafeMutablePointer<BitPanel>
    /// The three sums, then pairs of sum and waiting mask.
    private let folded: UnsafeMutablePointer<BitPanel>

    static let waitingCount = 8
    private static let sums = 3

    /// Folded panels of a counter that holds `2^levels − 1` masks.
    static func foldedCount(levels: Int) -> Int { sums + 2 * max(levels - sums + 1, 1) }

    init(waiting: UnsafeMutablePointer<BitPanel>, folded: UnsafeMutablePointer<BitPanel>) {
        self.waiting = waiting
        self.folded = folded
    }

    @inline(__always)
    static func add(_ mask: BitPanel, to counter: UnsafeMutablePointer<BitCounter>) {
        let number = counter.pointee.masks
        counter.pointee.waiting[Int(truncatingIfNeeded: number & 7)] = mask
        counter.pointee.masks = number &+ 1
        if number & 7 == 7 { counter.pointee.foldWaiting(number >> 3) }
    }

    /// Adds masks that lie side by side.
    @inline(__always)
    static func add(
        _ masks: UnsafePointer<BitPanel>, count: Int, to counter: UnsafeMutablePointer<BitCounter>
    ) {
        var next = masks
        let end = masks + count
        while end - next >= waitingCount {
            counter.pointee.fold(next, counter.pointee.masks >> 3)
            counter.pointee.masks &+= Int32(waitingCount)
            next += waitingCount
        }
        let rest = end - next
        let used = Int(truncatingIfNeeded: counter.pointee.masks & 7)
        let fitting = min(rest, waitingCount - used)
        for index in 0..<fitting { counter.pointee.waiting[used + index] = next[index] }
        counter.pointee.masks &+= Int32(truncatingIfNeeded: rest)
        if used + rest < waitingCount { return }
        counter.pointee.foldWaiting((counter.pointee.masks &- Int32(truncatingIfNeeded: rest)) >> 3)
        for index in fitting..<rest { counter.pointee.waiting[index - fitting] = next[index] }
    }

    /// Whether nothing is folded yet: the masks are as they were added.
    @inline(__always) var isUnfolded: Bool { masks < Int32(Self.waitingCount) }

    /// One of the masks of a counter that has not folded any.
    @inline(__always) func mask(_ index: Int) -> BitPanel { waiting[index] }

    /// Folds what waits, so that digits can be read.
    mutating func settle() {
        let used = Int(masks & 7)
        guard used != 0 else { return }
        (waiting + used).update(repeating: .zero, count: Self.waitingCount - used)
        let folds = masks >> 3
        masks = (folds + 1) << 3
        foldWaiting(folds)
    }

    private func foldWaiting(_ folds: Int32) {
        fold(waiting, folds)
    }

    /// Adds eight masks to the sums. `folds`: how many times that was done before.
    @inline(never)
    private func fold(_ waiting: UnsafePointer<BitPanel>, _ folds: Int32) {
        var (ones, twos, fours) = (folded[0], folded[1], folded[2])
        let a = Self.carry(&ones, waiting[0], waiting[1])
        let b = Self.carry(&ones, waiting[2], waiting[3])
        let c = Self.carry(&twos, a, b)
        let d = Self.carry(&ones, waiting[4], waiting[5])
        let e = Self.carry(&ones, waiting[6], waiting[7])
        let f = Self.carry(&twos, d, e)
        var carry = Self.carry(&fours, c, f)
        (folded[0], folded[1], folded[2]) = (ones, twos, fours)
        var level = folded + Self.sums
        var number = folds
        while number & 1 != 0 {
            carry = Self.carry(&level[0], level[1], carry)
            level += 2
            number >>= 1
        }
        level[1] = carry
    }

    /// Adds two masks to a sum of ones; what is carried counts two.
    @inline(__always)
    private static func carry(_ sum: inout BitPanel, _ a: BitPanel, _ b: BitPanel) -> BitPanel {
        let either = sum ^ a
        let carried = (sum & a) | (either & b)
        sum = either ^ b
        return carried
    }

    /// The digit of level `level` of the binary counts of a settled counter, with the carry from the level below, which it
    /// replaces by its own.
    @inline(__always)
    func digit(_ level: Int, _ carry: inout BitPanel) -> BitPanel {
        guard level >= Self.sums else { return folded[level] }
        let pair = folded + (Self.sums &+ 2 &* (level &- Self.sums))
        var digit = pair[0]
        let waits = masks >> Int32(truncatingIfNeeded: level) & 1 != 0
        carry = Self.carry(&digit, waits ? pair[1] : .zero, carry)
        return digit
    }

    mutating func clear(levels: Int) {
        defer { masks = 0 }
        if isUnfolded { return }
        folded.update(repeating: .zero, count: Self.foldedCount(levels: levels))
    }
}

extension RawArena {
    func makeCounters(_ count: Int, levels: Int) -> UnsafeMutablePointer<BitCounter> {
        let size = BitCounter.foldedCount(levels: levels)
        let waiting = make(count * BitCounter.waitingCount, of: BitPanel.zero)
        let folded = make(count * size, of: BitPanel.zero)
        let counters = make(count, of: BitCounter(waiting: waiting, folded: folded))
        for index in 0..<count {
            counters[index] = BitCounter(
                waiting: waiting + index * BitCounter.waitingCount, folded: folded + index * size)
        }
        return counters
    }
}
