/// When pieces come and go.
struct PieceChanges {
    struct Change {
        var time: Int64
        var piece: Int
        /// 1 or −1.
        var change: Int
    }

    /// Ascending by time.
    private(set) var list: [Change] = []

    init(capacity: Int) {
        list.reserveCapacity(2 * capacity)
    }

    /// Nothing where it ends before it begins.
    mutating func add(_ piece: Int, from: Int64, to: Int64) {
        guard from < to else { return }
        list.append(Change(time: from, piece: piece, change: 1))
        if to < .max { list.append(Change(time: to, piece: piece, change: -1)) }
    }

    mutating func sort() { list.sort { $0.time < $1.time } }

    /// Hands out the changes of each instant, one after the other, and then the instant with the next one.
    func walk(_ change: (Change) -> Void, then look: (_ from: Int64, _ to: Int64) -> Void) {
        var index = 0
        look(.min, list.first?.time ?? .max)
        while index < list.count {
            let time = list[index].time
            while index < list.count, list[index].time == time {
                change(list[index])
                index += 1
            }
            look(time, index < list.count ? list[index].time : .max)
        }
    }
}
