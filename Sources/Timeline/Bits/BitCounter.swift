/// For each of the 128 instants of a panel, how many masks had its bit: carry-save, so that adding a mask costs two steps
/// on average, however many bits it has.
///
/// Level `l` has a sum and, where bit `l` of the number of masks is set, one mask that waits for the next: each counts
/// `2^l`. Two that wait and the sum make a new sum and a mask that waits a level up.
struct BitCounter {
    var masks: Int32
    /// Pairs of sum and waiting mask, level after level.
    let levels: UnsafeMutablePointer<BitPanel>

    @inline(__always)
    static func add(_ mask: BitPanel, to counter: UnsafeMutablePointer<BitCounter>) {
        var number = counter.pointee.masks
        counter.pointee.masks = number &+ 1
        var level = counter.pointee.levels
        var carry = mask
        while number & 1 != 0 {
            let sum = level[0]
            let waiting = level[1]
            let either = sum ^ waiting
            level[0] = either ^ carry
            carry = (sum & waiting) | (either & carry)
            level += 2
            number >>= 1
        }
        level[1] = carry
    }

    /// The digit of level `level` of the binary counts, with the carry from the level below, which it replaces by its
    /// own.
    @inline(__always)
    func digit(_ level: Int, _ carry: inout BitPanel) -> BitPanel {
        let sum = levels[2 &* level]
        let waiting = masks >> Int32(truncatingIfNeeded: level) & 1 != 0 ? levels[2 &* level &+ 1] : .zero
        let either = sum ^ waiting
        let digit = either ^ carry
        carry = (sum & waiting) | (either & carry)
        return digit
    }

    mutating func clear(_ count: Int) {
        guard masks > 0 else { return }
        masks = 0
        levels.update(repeating: .zero, count: 2 * count)
    }
}
