/// Finds customers' ids by their keys. Short keys lie in the table itself, so that finding one touches memory once.
struct KeyTable: Sendable {
    private struct Slot {
        /// The first eight bytes of a short key, or the hash of a long one.
        var head: UInt64
        /// The rest of a short key below its length, or the mark of a long one.
        var tail: UInt32
        /// `empty` in a free slot.
        var id: UInt32
    }

    private static let empty = UInt32.max
    private static let shortMax = 11
    private static let longMark: UInt32 = 0xFF00_0000

    private let keys: SortedTexts
    /// A power of two, at most half in use.
    private var slots: [Slot]
    /// Against sources made to collide; it decides nothing that is stored.
    private let seed = UInt64.random(in: .min ... .max)

    /// The ids are the places of the keys.
    init(_ keys: SortedTexts) {
        self.keys = keys
        var capacity = 64
        while capacity < keys.count * 2 { capacity *= 2 }
        slots = [Slot](repeating: Slot(head: 0, tail: 0, id: Self.empty), count: capacity)
        keys.bytes.withUnsafeBufferPointer { bytes in
            for id in 0..<keys.count {
                let key = UnsafeBufferPointer(rebasing: bytes[keys.offsets[id]..<keys.offsets[id + 1]])
                var slot = entry(key)
                slot.id = UInt32(truncatingIfNeeded: id)
                var position = start(slot)
                while slots[position].id != Self.empty { position = (position + 1) & (slots.count - 1) }
                slots[position] = slot
            }
        }
    }

    var count: Int { keys.count }

    func find(_ key: UnsafeBufferPointer<UInt8>) -> UInt32? {
        let wanted = entry(key)
        return slots.withUnsafeBufferPointer { slots in
            var position = start(wanted)
            while slots[position].id != Self.empty {
                let slot = slots[position]
                if slot.head == wanted.head, slot.tail == wanted.tail,
                    key.count <= Self.shortMax || isEqual(Int(slot.id), key)
                {
                    return slot.id
                }
                position = (position + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    private func start(_ slot: Slot) -> Int {
        let mixed = slot.tail >= Self.longMark ? slot.head : fold(fold(slot.head ^ seed) ^ UInt64(slot.tail))
        return Int(truncatingIfNeeded: mixed) & (slots.count - 1)
    }

    private func isEqual(_ id: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        keys.bytes.withUnsafeBufferPointer { bytes in
            compareBytes(UnsafeBufferPointer(rebasing: bytes[keys.offsets[id]..<keys.offsets[id + 1]]), key) == 0
        }
    }

    /// A slot with the key and no id.
    private func entry(_ key: UnsafeBufferPointer<UInt8>) -> Slot {
        if key.count <= Self.shortMax {
            var head: UInt64 = 0
            var tail = UInt32(key.count) << 24
            for index in 0..<min(8, key.count) { head |= UInt64(key[index]) << UInt64(8 * index) }
            for index in 8..<max(8, key.count) { tail |= UInt32(key[index]) << UInt32(8 * (index - 8)) }
            return Slot(head: head, tail: tail, id: Self.empty)
        }
        let bytes = UnsafeRawBufferPointer(key)
        var state = seed ^ UInt64(bytes.count)
        var index = 0
        while index + 8 <= bytes.count {
            state = fold(state ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        // The last eight bytes overlap those before.
        state = fold(state ^ bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self))
        return Slot(head: state, tail: Self.longMark, id: Self.empty)
    }

    private func fold(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
